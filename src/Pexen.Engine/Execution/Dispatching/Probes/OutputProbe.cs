using System.Text;
using System.Text.RegularExpressions;
using Pexen.Execution.Local;

namespace Pexen.Execution.Dispatching.Probes;

/// <summary>
/// <c>output:REGEX</c>: a line of its log matches. Each byte of the log is read once. A last line without an end counts when nothing was added to it
/// between two questions, as prompts are written like that. The expression is matched without going back, in time linear in the line.
/// </summary>
/// <param name="log">Its file.</param>
/// <param name="limit">How many bytes the log keeps.</param>
/// <param name="expression">What is looked for.</param>
/// <param name="written">How many bytes the attempt has written; null when that is not known, or it has ended.</param>
internal sealed class OutputProbe(string log, long limit, string expression, Func<long?> written) : IReadinessProbe
{
    /// <summary>A longer line is looked at in pieces.</summary>
    private const int LongestLine = 64 * 1024;

    private readonly Regex _regex = new(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    private readonly List<byte> _line = [];
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly LogLayout _layout = new(limit);
    private FileStream? _file;

    /// <summary>How many bytes of the output were read.</summary>
    private long _position;

    public bool Ask() => Ask(written() ?? 0);

    public bool Ended(AttemptEnd end)
    {
        // A log that was cut is in order now: what is new since the last question is its end, or all the rest.
        if (end.OutputLeftOut > 0 && _position >= _layout.Head && _file is not null)
        {
            _file.Position = Math.Max(0, _file.Length - Math.Min(end.OutputBytes - _position, _layout.Tail));
        }

        return Ask(0);
    }

    /// <param name="all">Bytes of the output so far, or 0: all that is in the file.</param>
    private bool Ask(long all)
    {
        try
        {
            _file ??= File.Exists(log) ? new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1) : null;
            bool more = false;
            for (int count = Read(all); count > 0; count = Read(all))
            {
                more = true;
                if (HasMatch(_buffer.AsSpan(0, count)))
                {
                    return true;
                }
            }

            return !more && _line.Count > 0 && IsMatch();
        }
        catch (IOException)
        {
            // The log has gone: what was not seen of it cannot be seen.
            return false;
        }
    }

    public bool Close()
    {
        _file?.Dispose();
        return false;
    }

    private int Read(long all)
    {
        if (_file is null)
        {
            return 0;
        }

        if (all <= limit)
        {
            int inOrder = _file.Read(_buffer);
            _position += inOrder;
            return inOrder;
        }

        // What the ring has lost was too much between two questions.
        if (all - _position > _layout.Tail && _position >= _layout.Head)
        {
            _position = all - _layout.Tail;
            _line.Clear();
        }

        if (_position >= all || !_layout.Place(_position, out long offset, out long room))
        {
            return 0;
        }

        _file.Position = offset;
        int count = _file.Read(_buffer, 0, (int)Math.Min(_buffer.Length, Math.Min(room, all - _position)));
        _position += count;
        return count;
    }

    private bool HasMatch(ReadOnlySpan<byte> bytes)
    {
        foreach (byte one in bytes)
        {
            if (one != (byte)'\n' && _line.Count < LongestLine)
            {
                _line.Add(one);
                continue;
            }

            bool found = IsMatch();
            _line.Clear();
            if (one != (byte)'\n')
            {
                _line.Add(one);
            }

            if (found)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsMatch() => _regex.IsMatch(Encoding.UTF8.GetString([.. _line]).TrimEnd('\r'));
}
