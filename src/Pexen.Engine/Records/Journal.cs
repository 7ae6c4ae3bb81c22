using System.Buffers;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Pexen.Execution.Protocol;

namespace Pexen.Records;

/// <summary>
/// Writes <c>events.jsonl</c> while the run goes. Events gather in a buffer and reach the file in one write whenever the dispatcher is about to wait:
/// a killed supervisor loses at most the turn it was in. Never throws for what a disk does; <see cref="Failure"/> says it once.
/// </summary>
internal sealed class Journal : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(16 * 1024);
    private readonly Utf8JsonWriter _json;
    private SafeFileHandle? _file;
    private long _position;
    private long _sequence;

    /// <param name="path">The file; what is there is replaced.</param>
    /// <param name="reserve">Bytes set aside on the disk at once, so that a disk that fills up during the run does not cost the journal.</param>
    public Journal(string path, long reserve)
    {
        _json = new Utf8JsonWriter(_buffer, JsonText.Compact);
        _file = Reserved.Open(path, reserve, out string? failure);
        Failure = failure;
    }

    /// <summary>Why events are missing from the file, or null.</summary>
    public string? Failure { get; private set; }

    /// <summary>Begins an event; the caller adds properties and calls <see cref="End"/>.</summary>
    public Utf8JsonWriter Begin(string name, long nanoseconds)
    {
        _json.Reset(_buffer);
        _json.WriteStartObject();
        _json.WriteNumber("seq", ++_sequence);
        _json.WriteNumber("ns", nanoseconds);
        _json.WriteString("event", name);
        return _json;
    }

    public void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _buffer.Write("\n"u8);
    }

    /// <summary>Hands the file what has gathered.</summary>
    public void Flush()
    {
        if (_buffer.WrittenCount == 0)
        {
            return;
        }

        if (_file is not null)
        {
            try
            {
                // By position, so that what was half written when a disk filled up is written again, not twice.
                RandomAccess.Write(_file, _buffer.WrittenSpan, _position);
                _position += _buffer.WrittenCount;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Failure ??= exception.Message;
                if (_buffer.WrittenCount < 1024 * 1024)
                {
                    // Kept: there may be room again later.
                    return;
                }
            }
        }

        _buffer.ResetWrittenCount();
    }

    public void Dispose()
    {
        Flush();
        if (_file is not null)
        {
            Reserved.Close(_file, _position);
            _file = null;
        }

        _json.Dispose();
    }
}
