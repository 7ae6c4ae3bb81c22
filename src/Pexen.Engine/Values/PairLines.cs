namespace Pexen.Values;

/// <summary>
/// Reads <c>key=value</c> lines, and <c>key&lt;&lt;END</c> with lines up to <c>END</c> (<c>PEXEN_OUTPUT</c>, <c>PEXEN_ENV</c>). A line that cannot be used does not cost
/// the others. Linear in the text, whatever it is.
/// </summary>
internal sealed class PairLines
{
    private const int LongestKey = 256;

    private readonly SideText _text;
    private readonly Func<string, string, string?> _check;
    private readonly List<LineProblem> _problems = [];
    private readonly Dictionary<string, string> _pairs = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    /// <summary>Where each short line stands last; made when a block without an end has been met.</summary>
    private Dictionary<string, int>? _lastPlaces;

    private PairLines(SideText text, Func<string, string, string?> check)
    {
        _text = text;
        _check = check;
    }

    /// <summary>The pairs in the order of their first mention; of a key given twice the last value counts.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="check">Why a key or its value is none, or null.</param>
    /// <param name="problems">What could not be used.</param>
    public static List<KeyValuePair<string, string>> Read(ReadOnlySpan<byte> bytes, Func<string, string, string?> check, out IReadOnlyList<LineProblem> problems)
    {
        var reader = new PairLines(new SideText(bytes), check);
        reader.ReadAll();
        problems = reader._problems;
        return [.. reader._order.Select(key => KeyValuePair.Create(key, reader._pairs[key]))];
    }

    private void ReadAll()
    {
        while (_text.TryRead(out ReadOnlySpan<char> line))
        {
            ReadOnlySpan<char> text = line.TrimEnd('\r');
            if (text.IsWhiteSpace())
            {
                continue;
            }

            int equals = text.IndexOf('=');
            int block = text.IndexOf("<<");
            if (block >= 0 && (equals < 0 || block < equals))
            {
                ReadBlock(text[..block], text[(block + 2)..].Trim(), text, line.Length > text.Length);
            }
            else if (equals >= 0)
            {
                Take(text[..equals], text[(equals + 1)..], text, _text.Line);
            }
            else
            {
                _problems.Add(LineProblem.Of(_text.Line, text, "it is neither key=value nor key<<END"));
            }
        }
    }

    private void ReadBlock(ReadOnlySpan<char> key, ReadOnlySpan<char> delimiter, ReadOnlySpan<char> line, bool carriageReturns)
    {
        (int Position, int Line) start = _text.Mark;
        if (delimiter.IsEmpty || delimiter.Length > LongestKey)
        {
            _problems.Add(LineProblem.Of(start.Line, line, $"after << comes a word, of at most {LongestKey} characters, that ends the value"));
            return;
        }

        if (_lastPlaces is not null && !(_lastPlaces.TryGetValue(delimiter.ToString(), out int last) && last >= start.Position))
        {
            _problems.Add(NeverEnds(start.Line, line, delimiter));
            return;
        }

        while (true)
        {
            int at = _text.Mark.Position;
            if (!_text.TryRead(out ReadOnlySpan<char> next))
            {
                // What follows is read as if this line were not there: it may be another's value.
                _problems.Add(NeverEnds(start.Line, line, delimiter));
                _text.Mark = start;
                FindLastPlaces();
                return;
            }

            if (next.TrimEnd('\r').SequenceEqual(delimiter))
            {
                ReadOnlySpan<char> value = _text.Between(start.Position, at);
                Take(key, carriageReturns ? value.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\r') : value, line, start.Line);
                return;
            }
        }
    }

    private void FindLastPlaces()
    {
        (int Position, int Line) start = _text.Mark;
        _lastPlaces = new Dictionary<string, int>(StringComparer.Ordinal);
        int at = start.Position;
        while (_text.TryRead(out ReadOnlySpan<char> line))
        {
            if (line.TrimEnd('\r') is { Length: > 0 and <= LongestKey } text)
            {
                _lastPlaces[text.ToString()] = at;
            }

            at = _text.Mark.Position;
        }

        _text.Mark = start;
    }

    private void Take(ReadOnlySpan<char> key, ReadOnlySpan<char> value, ReadOnlySpan<char> line, int number)
    {
        key = key.Trim();
        string? fault = key.IsEmpty ? "the key is empty"
            : key.Length > LongestKey ? $"the key is longer than {LongestKey} characters"
            : HasControl(key) ? "the key has a control character"
            : _text.Fault(key) ?? _text.Fault(value);
        string name = fault is null ? key.ToString() : "";
        string text = fault is null ? value.ToString() : "";
        fault ??= _check(name, text);
        if (fault is not null)
        {
            _problems.Add(LineProblem.Of(number, line, fault));
            return;
        }

        if (!_pairs.ContainsKey(name))
        {
            _order.Add(name);
        }

        _pairs[name] = text;
    }

    private static bool HasControl(ReadOnlySpan<char> key)
    {
        foreach (char letter in key)
        {
            if (char.IsControl(letter))
            {
                return true;
            }
        }

        return false;
    }

    private static LineProblem NeverEnds(int number, ReadOnlySpan<char> line, ReadOnlySpan<char> delimiter) =>
        LineProblem.Of(number, line, $"no line '{delimiter}' ends the value");
}
