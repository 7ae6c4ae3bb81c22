using System.Text.Json;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>
/// Reads units from JSON: an array of objects, or objects one after the other. Streaming, so that memory is bounded by the longest value besides what
/// becomes of it. Used for manifests and for what units add during a run.
/// </summary>
/// <param name="file">The file, for problems; absolute.</param>
/// <param name="origin">Where the units come from.</param>
/// <param name="shared">Escaped metadata that hold where a unit says nothing.</param>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class JsonUnitReader(string file, UnitOrigin? origin, IReadOnlyDictionary<string, string> shared, ICollection<Diagnostic> problems)
{
    private const int MostProblems = 100;
    private const int LongestValue = 64 * 1024 * 1024;

    private readonly JsonUnitBuilder _unit = new(file, problems);
    private List<UnitDeclaration> _units = [];
    private byte[] _buffer = new byte[64 * 1024];
    private Place _place = Place.Top;
    private bool _inArray;
    private int _skippedFrom = -1;
    private int _before;
    private long _line = 1;
    private int _counted;

    /// <summary>Where in the file the reader is.</summary>
    private enum Place
    {
        Top,
        Unit,
        List,
        Map,
    }

    /// <summary>All units up to what is no JSON. An <see cref="IOException"/> of the stream is the caller's.</summary>
    public List<UnitDeclaration> Read(Stream json)
    {
        _units = [];
        _before = problems.Count;
        try
        {
            ReadAll(json);
        }
        catch (JsonException exception)
        {
            int line = (int)Math.Min(int.MaxValue, (exception.LineNumber ?? 0) + 1);
            int column = (int)Math.Min(int.MaxValue, (exception.BytePositionInLine ?? 0) + 1);
            problems.Add(Diagnostics.NotJson(new SourceLocation(file, line, column), WithoutPlace(exception.Message)));
        }

        return _units;
    }

    private void ReadAll(Stream json)
    {
        var state = new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true });
        int filled = SkipMark(json);
        bool ended = false;
        bool any = false;
        while (!ended)
        {
            MakeRoom(filled);
            int count = json.Read(_buffer, filled, _buffer.Length - filled);
            ended = count == 0;
            filled += count;
            any = any || _buffer.AsSpan(0, filled).IndexOfAnyExcept(" \t\r\n"u8) >= 0;
            if (!any)
            {
                // Nothing at all is a file with no unit, which the reader below would not take for JSON. Lines still count.
                Advance(ref filled, filled);
                continue;
            }

            var reader = new Utf8JsonReader(_buffer.AsSpan(0, filled), ended, state);
            while (reader.Read())
            {
                Take(ref reader);
                if (problems.Count - _before > MostProblems)
                {
                    problems.Add(Diagnostics.TooManyProblems(At(ref reader)));
                    return;
                }
            }

            state = reader.CurrentState;
            Advance(ref filled, (int)reader.BytesConsumed);
        }
    }

    /// <summary>The mark that some editors put in front of a text.</summary>
    private int SkipMark(Stream json)
    {
        int filled = json.ReadAtLeast(_buffer.AsSpan(0, 3), 3, throwOnEndOfStream: false);
        return filled == 3 && _buffer.AsSpan(0, 3).SequenceEqual("\uFEFF"u8) ? 0 : filled;
    }

    private void MakeRoom(int filled)
    {
        if (filled < _buffer.Length)
        {
            return;
        }

        if (_buffer.Length >= LongestValue)
        {
            throw new JsonException("a value is longer than 64 MB.", null, _line - 1, null);
        }

        Array.Resize(ref _buffer, _buffer.Length * 2);
    }

    private void Advance(ref int filled, int consumed)
    {
        CountLines(consumed);
        _counted = 0;
        _buffer.AsSpan(consumed, filled - consumed).CopyTo(_buffer);
        filled -= consumed;
    }

    private void CountLines(int position)
    {
        _line += _buffer.AsSpan(_counted..position).Count((byte)'\n');
        _counted = position;
    }

    private SourceLocation At(ref Utf8JsonReader reader)
    {
        CountLines((int)reader.TokenStartIndex);
        return new SourceLocation(file, (int)Math.Min(int.MaxValue, _line));
    }

    private void Take(ref Utf8JsonReader reader)
    {
        if (_skippedFrom >= 0)
        {
            bool isEnd = reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray && reader.CurrentDepth == _skippedFrom;
            _skippedFrom = isEnd ? -1 : _skippedFrom;
            return;
        }

        switch (_place)
        {
            case Place.Top: TakeTop(ref reader); break;
            case Place.Unit: TakeInUnit(ref reader); break;
            case Place.List: TakeInList(ref reader); break;
            default: TakeInMap(ref reader); break;
        }
    }

    private void TakeTop(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                _unit.Begin(At(ref reader));
                _place = Place.Unit;
                break;
            case JsonTokenType.StartArray when !_inArray:
                _inArray = true;
                break;
            case JsonTokenType.EndArray:
                _inArray = false;
                break;
            default:
                problems.Add(Diagnostics.NoUnitObject(At(ref reader), Describe(reader.TokenType)));
                SkipFrom(ref reader);
                break;
        }
    }

    private void TakeInUnit(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.EndObject:
                _place = Place.Top;
                if (_unit.End(origin, shared) is UnitDeclaration unit)
                {
                    _units.Add(unit);
                }

                break;
            case JsonTokenType.PropertyName:
                _unit.BeginKey(ref reader, At(ref reader));
                break;
            case JsonTokenType.StartArray when _unit.Shape is not MetadataShape.Scalar:
                _place = Place.List;
                break;
            case JsonTokenType.StartObject when _unit.Shape is MetadataShape.Map:
                _place = Place.Map;
                break;
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                Refuse(ref reader);
                break;
            case JsonTokenType.Null:
                break;
            default:
                _unit.Value(ref reader);
                break;
        }
    }

    private void TakeInList(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.EndArray:
                _place = Place.Unit;
                _unit.EndList();
                break;
            case JsonTokenType.StartArray or JsonTokenType.StartObject or JsonTokenType.Null:
                Refuse(ref reader);
                break;
            default:
                _unit.Entry(ref reader);
                break;
        }
    }

    private void TakeInMap(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.EndObject:
                _place = Place.Unit;
                _unit.EndList();
                break;
            case JsonTokenType.PropertyName:
                _unit.EntryName(ref reader);
                break;
            case JsonTokenType.StartArray or JsonTokenType.StartObject or JsonTokenType.Null:
                Refuse(ref reader);
                break;
            default:
                _unit.Entry(ref reader);
                break;
        }
    }

    private void Refuse(ref Utf8JsonReader reader)
    {
        _unit.Refuse(Describe(reader.TokenType), inList: _place is not Place.Unit, At(ref reader));
        SkipFrom(ref reader);
    }

    private void SkipFrom(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            _skippedFrom = reader.CurrentDepth;
        }
    }

    private static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };

    /// <summary>The framework puts the place at the end of its sentence; we say it in the location.</summary>
    private static string WithoutPlace(string message)
    {
        int place = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return place < 0 ? message : message[..place];
    }
}
