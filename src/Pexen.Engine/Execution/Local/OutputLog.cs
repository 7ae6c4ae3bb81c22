using System.Buffers;
using System.Diagnostics;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Pexen.Execution.Local;

/// <summary>
/// The log of an attempt: made at the first byte, byte-exact up to its limit. Beyond it the beginning stays, and the end of the file
/// turns into a ring that is put in order when the log is closed (rule 40); so the disk never holds more than the limit and one line.
/// Nothing here throws: a disk that refuses is <see cref="Failure"/>.
/// </summary>
internal sealed class OutputLog
{
    private readonly string _path;
    private readonly long _limit;
    private readonly LogLayout _layout;
    private SafeFileHandle? _file;
    private long _last = Stopwatch.GetTimestamp();

    public OutputLog(string path, long limit)
    {
        _path = path;
        _limit = limit;
        _layout = new LogLayout(limit);
    }

    public long Bytes { get; private set; }

    /// <summary>How long nothing has come, not even a part of what is masked.</summary>
    public TimeSpan Silent => Stopwatch.GetElapsedTime(Volatile.Read(ref _last));

    public long LeftOut => Math.Max(0, Bytes - _limit);

    /// <summary>Why it could not be written, as a sentence, or null.</summary>
    public string? Failure { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Volatile.Write(ref _last, Stopwatch.GetTimestamp());
        if (bytes.IsEmpty)
        {
            return;
        }

        long position = Bytes;
        Bytes += bytes.Length;
        if (Failure is not null)
        {
            return;
        }

        try
        {
            _file ??= LogFile.Create(_path);
            while (bytes.Length > 0 && _layout.Place(position, out long offset, out long room))
            {
                int count = (int)Math.Min(bytes.Length, room);
                RandomAccess.Write(_file, bytes[..count], offset);
                bytes = bytes[count..];
                position += count;
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Fail(problem);
        }
    }

    public void Close()
    {
        if (_file is null)
        {
            return;
        }

        try
        {
            if (LeftOut > 0 && Failure is null)
            {
                PutInOrder(_file);
            }

            _file.Dispose();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Fail(problem);
        }

        _file = null;
    }

    private void PutInOrder(SafeFileHandle file)
    {
        byte[] line = Encoding.UTF8.GetBytes($"\n[pexen left out {LeftOut} bytes here: this log keeps {_limit} bytes]\n");
        byte[] ring = ArrayPool<byte>.Shared.Rent((int)_layout.Tail);
        int oldest = _layout.Tail == 0 ? 0 : (int)((Bytes - _layout.Head) % _layout.Tail);
        Span<byte> kept = ring.AsSpan(0, (int)_layout.Tail);
        Fill(file, kept, _layout.Head);
        RandomAccess.Write(file, line, _layout.Head);
        RandomAccess.Write(file, kept[oldest..], _layout.Head + line.Length);
        RandomAccess.Write(file, kept[..oldest], _layout.Head + line.Length + kept.Length - oldest);
        ArrayPool<byte>.Shared.Return(ring);
    }

    private static void Fill(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        while (buffer.Length > 0)
        {
            int count = RandomAccess.Read(file, buffer, offset);
            if (count == 0)
            {
                throw new EndOfStreamException("the log was shortened by somebody else");
            }

            buffer = buffer[count..];
            offset += count;
        }
    }

    private void Fail(Exception problem) => Failure = $"the log '{_path}' could not be written: {problem.Message}";
}
