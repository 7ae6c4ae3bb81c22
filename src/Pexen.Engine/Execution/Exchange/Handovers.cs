using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Pexen.Execution.Protocol;
using Pexen.Model;
using Pexen.Values;

namespace Pexen.Execution.Exchange;

/// <summary>
/// The files that units find their shared values in (<c>PEXEN_SHARED</c>). Units that inherit the same have the same file, and only few that nobody
/// uses at the moment are kept: a large value that goes through thousands of units is not on the disk thousands of times.
/// </summary>
/// <param name="folder">The folder of the files.</param>
/// <param name="presets">What every unit inherits unless somebody wrote it.</param>
/// <param name="secrets">What must not be in a file.</param>
/// <param name="textOf">How values are written.</param>
internal sealed class Handovers<T>(string folder, IReadOnlyCollection<KeyValuePair<string, T>> presets, Secrets secrets, HandoverText<T> textOf)
{
    private const int IdleKept = 16;

    private readonly Dictionary<object, Handover> _all = [];
    private readonly List<Handover> _idle = [];
    private readonly HandoverVariables _variables = new(secrets);
    private int _files;

    /// <exception cref="IOException">The file cannot be written.</exception>
    public Handover Take(ValueSet<T> values, UnitDefinition unit, Action<Diagnostic> say)
    {
        if (!_all.TryGetValue(values, out Handover? handover))
        {
            _all.Add(values, handover = Make(values, unit, say));
        }
        else if (handover.Users == 0)
        {
            _idle.Remove(handover);
        }

        handover.Users++;
        return handover;
    }

    public void Return(Handover handover)
    {
        if (--handover.Users > 0)
        {
            return;
        }

        _idle.Add(handover);
        if (_idle.Count > IdleKept)
        {
            Handover oldest = _idle[0];
            _idle.RemoveAt(0);
            _all.Remove(oldest.Values);
            File.Delete(oldest.File);
        }
    }

    private Handover Make(ValueSet<T> values, UnitDefinition unit, Action<Diagnostic> say)
    {
        string file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"shared-{++_files}.json"));
        if (values.IsEmpty && presets.Count == 0)
        {
            File.WriteAllBytes(file, "{}\n"u8);
            return new Handover(values, file, []);
        }

        IReadOnlyList<KeyValuePair<string, string>> all = ToTexts(values, unit, say);
        File.WriteAllBytes(file, ToJson(all).Span);
        return new Handover(values, file, _variables.Choose(all, unit, say));
    }

    /// <summary>With the presets, in ordinal order of their keys.</summary>
    private List<KeyValuePair<string, string>> ToTexts(ValueSet<T> values, UnitDefinition unit, Action<Diagnostic> say)
    {
        IReadOnlyList<KeyValuePair<string, T>> written = values.ToSortedList();
        List<KeyValuePair<string, string>> all = new(written.Count + presets.Count);
        foreach ((string key, T value) in written)
        {
            Add(key, value);
        }

        foreach ((string key, T value) in presets)
        {
            if (!values.TryGet(key, out _))
            {
                Add(key, value);
            }
        }

        if (presets.Count > 0)
        {
            all.Sort(static (one, other) => string.CompareOrdinal(one.Key, other.Key));
        }

        return all;

        void Add(string key, T value)
        {
            if (textOf(key, value, unit, say) is string text)
            {
                all.Add(new(key, text));
            }
        }
    }

    /// <summary>Without what is secret: that never reaches a disk.</summary>
    private ReadOnlyMemory<byte> ToJson(IReadOnlyList<KeyValuePair<string, string>> values)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, JsonText.Compact))
        {
            json.WriteStartObject();
            foreach ((string key, string value) in values)
            {
                if (!secrets.Contains(key))
                {
                    json.WriteString(key, value);
                }
            }

            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }
}
