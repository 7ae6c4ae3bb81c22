using System.Text;
using System.Text.Json;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Puts the declaration of one unit together from the tokens of its object. One builder for all units of a file: they have much in common.</summary>
internal sealed class JsonUnitBuilder(string file, ICollection<Diagnostic> problems)
{
    private const int MostKeys = 64;

    private readonly List<(byte[] Utf8, string Name, MetadataShape Shape)> _keys = [];
    private readonly Dictionary<string, string> _lastTexts = [];
    private readonly List<string> _own = [];
    private readonly StringBuilder _entries = new();
    private string? _entryName;
    private string _key = "";
    private SourceLocation _keyAt = new(file);
    private SourceLocation _unitAt = new(file);

    /// <summary>Of the present key.</summary>
    public MetadataShape Shape { get; private set; }

    private string? UnitName => Own("Name") ?? Own("Include");

    public void Begin(SourceLocation at)
    {
        _unitAt = at;
        _own.Clear();
    }

    /// <summary>Null when it has no name, which has been said.</summary>
    public UnitDeclaration? End(UnitOrigin? origin, IReadOnlyDictionary<string, string> shared)
    {
        string? include = Own("Include") ?? Own("Name");
        if (include is null)
        {
            problems.Add(Diagnostics.UnitWithoutName(_unitAt));
            return null;
        }

        int at = _own.IndexOf("Include");
        if (at >= 0 && at % 2 == 0)
        {
            _own.RemoveRange(at, 2);
        }

        return new UnitDeclaration(LiteralText.NoPattern(include), new UnitMetadata([.. _own], shared), _unitAt, origin);
    }

    public void BeginKey(ref Utf8JsonReader reader, SourceLocation at)
    {
        _keyAt = at;
        _entries.Clear();
        _entryName = null;
        (_key, Shape) = KeyOf(ref reader);
    }

    /// <summary>One value, as it stands: in a list semicolons separate entries, and nothing else means anything.</summary>
    public void Value(ref Utf8JsonReader reader)
    {
        if (_lastTexts.TryGetValue(_key, out string? last) && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(last))
        {
            Set(last);
            return;
        }

        string text = TextOf(ref reader);
        string escaped = LiteralText.Value(text);
        if (ReferenceEquals(text, escaped))
        {
            _lastTexts[_key] = text;
        }

        Set(escaped);
    }

    public void EntryName(ref Utf8JsonReader reader) => _entryName = reader.GetString();

    public void Entry(ref Utf8JsonReader reader)
    {
        string text = TextOf(ref reader);
        _entries.Append(_entries.Length == 0 ? "" : ";").Append(LiteralText.Entry(_entryName is null ? text : $"{_entryName}={text}"));
        _entryName = null;
    }

    public void EndList() => Set(_entries.ToString());

    /// <summary>Something of a type that the present key does not take.</summary>
    public void Refuse(string what, bool inList, SourceLocation at)
    {
        string allowed = (Shape, inList) switch
        {
            (MetadataShape.Scalar, _) => "a text, a number, true or false",
            (MetadataShape.List, false) => "a text or an array of texts",
            (MetadataShape.Map, false) => "an object of texts",
            (MetadataShape.List, true) => "an array of texts and numbers",
            _ => "an object of texts and numbers",
        };
        problems.Add(Diagnostics.WrongJsonType(UnitName, _key, what, allowed, at));
        _entryName = null;
    }

    private static string TextOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => reader.HasValueSequence ? "" : Encoding.UTF8.GetString(reader.ValueSpan),
    };

    private void Set(string escaped)
    {
        for (int at = 0; at < _own.Count; at += 2)
        {
            if (_own[at].Equals(_key, StringComparison.OrdinalIgnoreCase))
            {
                problems.Add(Diagnostics.KeyGivenTwice(UnitName, _key, _keyAt));
                return;
            }
        }

        _own.Add(_key);
        _own.Add(escaped);
    }

    private string? Own(string name)
    {
        for (int at = 0; at < _own.Count; at += 2)
        {
            if (_own[at] == name)
            {
                return string.IsNullOrWhiteSpace(_own[at + 1]) ? null : _own[at + 1];
            }
        }

        return null;
    }

    /// <summary>The same few keys come in every unit: as bytes they are compared faster than they become texts.</summary>
    private (string Name, MetadataShape Shape) KeyOf(ref Utf8JsonReader reader)
    {
        foreach ((byte[] utf8, string known, MetadataShape shape) in _keys)
        {
            if (reader.ValueSpan.SequenceEqual(utf8))
            {
                return (known, shape);
            }
        }

        string text = reader.GetString()!;
        string name = text.Equals("Include", StringComparison.OrdinalIgnoreCase) ? "Include" : Canonical(text);
        MetadataShape of = Vocabulary.UnitMetadata.ContainsKey(name) || name == "Include" ? MetadataShapes.Of(name) : MetadataShape.Map;
        if (!reader.ValueIsEscaped && _keys.Count < MostKeys)
        {
            _keys.Add((reader.ValueSpan.ToArray(), name, of));
        }

        return (name, of);
    }

    /// <summary>As the reference writes it; what nobody knows stays as it is, and may have any value.</summary>
    private static string Canonical(string text) =>
        Vocabulary.UnitMetadata.Keys.FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? text;
}
