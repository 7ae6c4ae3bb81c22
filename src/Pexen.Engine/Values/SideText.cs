using System.Text;

namespace Pexen.Values;

/// <summary>The text of a side file, line by line. What is not UTF-8 is marked, so that only its own line is lost.</summary>
internal sealed class SideText
{
    /// <summary>What the decoder puts in place of bytes that are no text.</summary>
    private const char NoText = '\uFFFD';

    private readonly string _text;
    private readonly bool _valid;
    private int _next;

    public SideText(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes;
        _valid = System.Text.Unicode.Utf8.IsValid(bytes);
        _text = Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Number of the line read last, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Where the next line begins; may be set back.</summary>
    public (int Position, int Line) Mark
    {
        get => (_next, Line);
        set => (_next, Line) = value;
    }

    /// <summary>The next line without its end.</summary>
    public bool TryRead(out ReadOnlySpan<char> line)
    {
        line = default;
        if (_next >= _text.Length)
        {
            return false;
        }

        int end = _text.IndexOf('\n', _next);
        end = end < 0 ? _text.Length : end;
        line = _text.AsSpan(_next, end - _next);
        _next = end + 1;
        Line++;
        return true;
    }

    /// <summary>Why a line or a block cannot be used whatever it says, or null.</summary>
    public string? Fault(ReadOnlySpan<char> text) =>
        !_valid && text.Contains(NoText) ? "it is not UTF-8"
        : text.Contains('\0') ? "it has a NUL character"
        : null;

    /// <summary>The text from a mark up to, and without, the end of the line before another.</summary>
    public ReadOnlySpan<char> Between(int from, int to) => to <= from ? [] : _text.AsSpan(from, to - from - 1);
}
