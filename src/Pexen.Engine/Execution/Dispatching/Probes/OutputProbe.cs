using System.Text;
using System.Text.RegularExpressions;

namespace Pexen.Execution.Dispatching.Probes;

/// <summary>
/// <c>output:REGEX</c>: a line of its log matches. Each byte of the log is read once. A last line without an end counts when nothing was added to it
/// between two questions, as prompts are written like that. The expression is matched without going back, in time linear in the line.
/// </summary>
internal sealed class OutputProbe(string log, string expression) : IReadinessProbe
{
    /// <summary>A longer line is looked at in pieces.</summary>
    private const int LongestLine = 64 * 1024;

    private readonly Regex _regex = new(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    private readonly List<byte> _line = [];
    private readonly byte[] _buffer = new byte[16 * 1024];
    private FileStream? _file;

    public bool Ask()
    {
        try
        {
            _file ??= File.Exists(log) ? new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1) : null;
            bool more = false;
            for (int count = Read(); count > 0; count = Read())
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

    public bool Ended(AttemptEnd end) => Ask();

    public bool Close()
    {
        _file?.Dispose();
        return false;
    }

    private int Read() => _file is null ? 0 : _file.Read(_buffer);

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
