using System.Text;
using System.Text.Json;

namespace Pexen.Host.Worker;

/// <summary>The values a method inherits, and what it makes of them.</summary>
internal sealed class SharedValues
{
    private readonly Dictionary<string, string> _inherited = [];
    private readonly Dictionary<string, string> _texts = [];
    private readonly Dictionary<string, object?> _objects = [];
    private readonly bool _asObjects;

    private SharedValues(SharedKind kind) => _asObjects = kind == SharedKind.Object;

    public static SharedKind KindOf(Type type)
    {
        if (!type.IsGenericType)
        {
            return SharedKind.None;
        }

        Type definition = type.GetGenericTypeDefinition();
        Type[] of = type.GetGenericArguments();
        bool dictionary = definition == typeof(IDictionary<,>) || definition == typeof(Dictionary<,>) || definition == typeof(IReadOnlyDictionary<,>);
        return !dictionary || of[0] != typeof(string) ? SharedKind.None
            : of[1] == typeof(string) ? SharedKind.Text
            : of[1] == typeof(object) ? SharedKind.Object
            : SharedKind.None;
    }

    /// <param name="kind">In which form the method takes them.</param>
    /// <param name="file">The file of <c>PEXEN_SHARED</c>, or null when nothing is inherited.</param>
    /// <exception cref="CallRefusedException">The file cannot be read.</exception>
    public static SharedValues Read(SharedKind kind, string? file)
    {
        var values = new SharedValues(kind);
        if (string.IsNullOrEmpty(file) || !File.Exists(file))
        {
            return values;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                string text = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
                values._inherited[property.Name] = text;
                values._texts[property.Name] = text;
                values._objects[property.Name] = text;
            }

            return values;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            throw new CallRefusedException($"the shared values in '{file}' cannot be read: {exception.Message}");
        }
    }

    public object As(Type type) => KindOf(type) == SharedKind.Object ? _objects : _texts;

    /// <summary>What the method added or changed, as lines of <c>PEXEN_OUTPUT</c>.</summary>
    /// <exception cref="NotCarriedException">A key or a value has no such form.</exception>
    public void AppendChanges(StringBuilder lines)
    {
        if (_asObjects)
        {
            foreach ((string key, object? value) in _objects)
            {
                AppendChange(lines, key, ResultText.Of(value, $"the shared value '{key}'") ?? "");
            }

            return;
        }

        foreach ((string key, string value) in _texts)
        {
            AppendChange(lines, key, value ?? "");
        }
    }

    private void AppendChange(StringBuilder lines, string key, string text)
    {
        if (!_inherited.TryGetValue(key, out string? before) || before != text)
        {
            OutputLines.Append(lines, key, text);
        }
    }
}
