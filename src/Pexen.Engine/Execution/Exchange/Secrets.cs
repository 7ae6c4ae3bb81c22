using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Records;
using Pexen.Values;

namespace Pexen.Execution.Exchange;

/// <summary>What must not be written anywhere: the values of secret keys, those that units give them later included.</summary>
internal sealed class Secrets
{
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);

    public Secrets(ImmutableArray<SharedPreset> presets)
    {
        foreach (SharedPreset preset in presets)
        {
            if (preset.Secret)
            {
                _keys.Add(preset.Key);
                _values.Add(preset.Value);
            }
        }

        Mask = _values.Count == 0 ? null : SecretMask.For(_values);
    }

    /// <summary>Null when there is nothing to mask.</summary>
    public SecretMask? Mask { get; private set; }

    public bool Contains(string key) => _keys.Count > 0 && _keys.Contains(key);

    /// <summary>A unit wrote another value under a secret key.</summary>
    public void Add(string value)
    {
        if (_values.Add(value))
        {
            Mask = SecretMask.For(_values);
        }
    }

    public string Apply(string text) => Mask is null ? text : Mask.Apply(text);

    public Diagnostic Apply(Diagnostic diagnostic) => Mask is null ? diagnostic : diagnostic with { Message = Mask.Apply(diagnostic.Message) };

    public ImmutableArray<ResultRecord> Apply(ImmutableArray<ResultRecord> results) =>
        Mask is null ? results : [.. results.Select(one => new ResultRecord(Apply(one.Name), one.Status, one.Note is null ? null : Apply(one.Note), [.. one.Files.Select(Apply)]))];
}
