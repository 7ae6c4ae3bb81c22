using System.Collections.Immutable;
using System.Text.Json;
using Pexen.Model;

namespace Pexen.Execution.Protocol;

/// <summary>Reads what <see cref="HostMessageWriter"/> wrote.</summary>
internal static class HostMessageReader
{
    /// <exception cref="ProtocolException">The line is not a message.</exception>
    public static HostMessage Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();
            return new Fields().Read(ref reader);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new ProtocolException($"the message cannot be read: {exception.Message}");
        }
    }

    /// <summary>All properties of all messages: they do not collide, and one loop reads them.</summary>
    private sealed class Fields
    {
        private string _type = "", _build = "", _code = "", _message = "", _log = "", _record = "";
        private string? _unit, _outcome, _rerun, _addTo;
        private ImmutableArray<NamedValue> _metadata = [];
        private bool _clean, _goesOn, _loud, _more;
        private int _protocol, _severity, _units, _succeeded, _failed, _timedOut, _skipped, _cancelled, _notNeeded;
        private int? _lastLines;
        private double? _durationMs;
        private SourceLocation? _location;

        public HostMessage Read(ref Utf8JsonReader reader)
        {
            while (JsonText.NextProperty(ref reader) is string name)
            {
                switch (name)
                {
                    case "type": _type = reader.GetString()!; break;
                    case "protocol": _protocol = reader.GetInt32(); break;
                    case "build": _build = reader.GetString()!; break;
                    case "code": _code = reader.GetString()!; break;
                    case "severity": _severity = reader.GetInt32(); break;
                    case "message": _message = reader.GetString()!; break;
                    case "unit": _unit = reader.GetString(); break;
                    case "at": _location = DiagnosticJson.ReadLocation(ref reader); break;
                    case "log": _log = reader.GetString()!; break;
                    case "lastLines": _lastLines = reader.GetInt32(); break;
                    case "outcome": _outcome = reader.GetString(); break;
                    case "record": _record = reader.GetString()!; break;
                    case "rerun": _rerun = reader.GetString(); break;
                    case "durationMs": _durationMs = reader.GetDouble(); break;
                    case "addTo": _addTo = reader.GetString(); break;
                    case "metadata": _metadata = JsonText.Pairs(ref reader); break;
                    case "clean": _clean = reader.GetBoolean(); break;
                    case "goesOn": _goesOn = reader.GetBoolean(); break;
                    case "more": _more = reader.GetBoolean(); break;
                    case "loud": _loud = reader.GetBoolean(); break;
                    case "units": _units = reader.GetInt32(); break;
                    case "succeeded": _succeeded = reader.GetInt32(); break;
                    case "failed": _failed = reader.GetInt32(); break;
                    case "timedOut": _timedOut = reader.GetInt32(); break;
                    case "skipped": _skipped = reader.GetInt32(); break;
                    case "cancelled": _cancelled = reader.GetInt32(); break;
                    case "notNeeded": _notNeeded = reader.GetInt32(); break;
                    default: reader.Skip(); break;
                }
            }

            return ToMessage();
        }

        private HostMessage ToMessage() => _type switch
        {
            "hello" => new HelloMessage(_protocol, _build),
            "diagnostic" => new DiagnosticMessage(new Diagnostic(_code, (Severity)_severity, _message, _unit, _location), _loud),
            "output" => new OutputMessage(_unit ?? "", _log, _lastLines),
            "status" => new StatusMessage(_message),
            "progress" => new ProgressMessage(_unit ?? "", _outcome, _durationMs),
            "added" => new AddedMessage(_unit ?? "", _addTo, _metadata, _clean, _goesOn),
            "ready" => new ReadyMessage(_record, _durationMs ?? 0, _more),
            "finish" => new FinishMessage(
                _outcome ?? "",
                _record,
                new OutcomeCounts(_units, _succeeded, _failed, _timedOut, _skipped, _cancelled, _notNeeded),
                _durationMs ?? 0,
                _rerun),
            _ => throw new ProtocolException($"unknown message '{_type}'"),
        };
    }
}
