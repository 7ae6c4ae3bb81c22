using System.Buffers;
using System.Text.Json;

namespace Pexen.Execution.Protocol;

/// <summary>Writes messages as lines of JSON into a buffer.</summary>
internal sealed class HostMessageWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _writer;

    public HostMessageWriter() => _writer = new Utf8JsonWriter(_buffer, JsonText.Compact);

    /// <summary>The line, with its end; valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(HostMessage message)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset(_buffer);
        _writer.WriteStartObject();
        WriteProperties(message);
        _writer.WriteEndObject();
        _writer.Flush();
        _buffer.Write("\n"u8);
        return _buffer.WrittenSpan;
    }

    private void WriteProperties(HostMessage message)
    {
        switch (message)
        {
            case HelloMessage hello:
                _writer.WriteString("type", "hello");
                _writer.WriteNumber("protocol", hello.Protocol);
                _writer.WriteString("build", hello.Build);
                break;
            case DiagnosticMessage diagnostic:
                _writer.WriteString("type", "diagnostic");
                DiagnosticJson.WriteProperties(_writer, diagnostic.Diagnostic);
                if (diagnostic.Loud)
                {
                    _writer.WriteBoolean("loud", true);
                }

                break;
            case OutputMessage output:
                _writer.WriteString("type", "output");
                _writer.WriteString("unit", output.Unit);
                _writer.WriteString("log", output.Log);
                if (output.LastLines is int lines)
                {
                    _writer.WriteNumber("lastLines", lines);
                }

                break;
            case StatusMessage status:
                _writer.WriteString("type", "status");
                _writer.WriteString("message", status.Text);
                break;
            case ProgressMessage progress:
                _writer.WriteString("type", "progress");
                _writer.WriteString("unit", progress.Unit);
                if (progress.Outcome is not null)
                {
                    _writer.WriteString("outcome", progress.Outcome);
                    _writer.WriteNumber("durationMs", progress.DurationMs ?? 0);
                }

                break;
            case AddedMessage added:
                _writer.WriteString("type", "added");
                _writer.WriteString("unit", added.Unit);
                _writer.WriteString("addTo", added.AddTo);
                JsonText.Pairs(_writer, "metadata", added.Metadata);
                _writer.WriteBoolean("clean", added.CleanOutputs);
                _writer.WriteBoolean("goesOn", added.GoesOn);
                break;
            case ReadyMessage ready:
                _writer.WriteString("type", "ready");
                _writer.WriteString("record", ready.Record);
                _writer.WriteNumber("durationMs", ready.DurationMs);
                _writer.WriteBoolean("more", ready.MoreFollows);
                break;
            case FinishMessage finish:
                WriteFinish(finish);
                break;
            default:
                throw new ProtocolException($"no way to send a message of type {message.GetType().Name}");
        }
    }

    private void WriteFinish(FinishMessage finish)
    {
        _writer.WriteString("type", "finish");
        _writer.WriteString("outcome", finish.Outcome);
        _writer.WriteString("record", finish.Record);
        _writer.WriteNumber("durationMs", finish.DurationMs);
        if (finish.Rerun is not null)
        {
            _writer.WriteString("rerun", finish.Rerun);
        }

        _writer.WriteNumber("units", finish.Counts.Units);
        _writer.WriteNumber("succeeded", finish.Counts.Succeeded);
        _writer.WriteNumber("failed", finish.Counts.Failed);
        _writer.WriteNumber("timedOut", finish.Counts.TimedOut);
        _writer.WriteNumber("skipped", finish.Counts.Skipped);
        _writer.WriteNumber("cancelled", finish.Counts.Cancelled);
        _writer.WriteNumber("notNeeded", finish.Counts.NotNeeded);
    }
}
