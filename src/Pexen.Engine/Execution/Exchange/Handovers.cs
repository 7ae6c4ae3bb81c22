using System.Buffers;
using System.Collections.Immutable;
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
internal sealed class Handovers(string folder, ImmutableArray<SharedPreset> presets, Secrets secrets)
{
    private const int IdleKept = 16;

    private readonly Dictionary<ValueSet<string>, Handover> _all = [];
    private readonly List<Handover> _idle = [];
    private readonly HandoverVariables _variables = new(secrets);
    private int _files;

    /// <exception cref="IOException">The file cannot be written.</exception>
    public Handover Take(ValueSet<string> values, UnitDefinition unit, Action<Diagnostic> say)
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

    private Handover Make(ValueSet<string> values, UnitDefinition unit, Action<Diagnostic> say)
    {
        string file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"shared-{++_files}.json"));
        if (values.IsEmpty && presets.IsEmpty)
        {
            File.WriteAllBytes(file, "{}\n"u8);
            return new Handover(values, file, []);
        }

        IReadOnlyList<KeyValuePair<string, string>> all = WithPresets(values);
        File.WriteAllBytes(file, ToJson(all).Span);
        return new Handover(values, file, _variables.Choose(all, unit, say));
    }

    private IReadOnlyList<KeyValuePair<string, string>> WithPresets(ValueSet<string> values)
    {
        IReadOnlyList<KeyValuePair<string, string>> written = values.ToSortedList();
        if (presets.IsEmpty)
        {
            return written;
        }

        List<KeyValuePair<string, string>> all = [.. written];
        foreach (SharedPreset preset in presets)
        {
            if (!values.TryGet(preset.Key, out _))
            {
                all.Add(new(preset.Key, preset.Value));
            }
        }

        all.Sort(static (one, other) => string.CompareOrdinal(one.Key, other.Key));
        return all;
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
