using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Records;
using Pexen.Values;

namespace Pexen.Execution.Exchange;

/// <summary>
/// What must not be written anywhere: the values of secret keys and of masked environment variables, those that units give them later included.
/// </summary>
internal sealed class Secrets
{
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _variables = new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    /// <param name="presets">Of these the secret ones.</param>
    /// <param name="variables">Environment variables that are masked.</param>
    /// <param name="valueOf">The value that one has here.</param>
    public Secrets(ImmutableArray<SharedPreset> presets, ImmutableArray<string> variables, Func<string, string?> valueOf)
    {
        foreach (string variable in variables)
        {
            _variables.Add(variable);
            if (valueOf(variable) is string { Length: > 0 } value)
            {
                _values.Add(value);
                if (value.Length < SecretMask.ShortestMasked)
                {
                    Problems.Add(Diagnostics.MaskTooShort(variable, value.Length, SecretMask.ShortestMasked));
                }
            }
        }

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

    /// <summary>What there is to say of those that are not masked after all.</summary>
    public List<Diagnostic> Problems { get; } = [];

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

    /// <summary>A unit has an environment variable, or sets it for others.</summary>
    public void Add(string variable, string value)
    {
        if (_variables.Count > 0 && _variables.Contains(variable) && value.Length > 0)
        {
            Add(value);
        }
    }

    public string Apply(string text) => Mask is null ? text : Mask.Apply(text);

    public Diagnostic Apply(Diagnostic diagnostic) => Mask is null ? diagnostic : diagnostic with { Message = Mask.Apply(diagnostic.Message) };

    public ImmutableArray<ResultRecord> Apply(ImmutableArray<ResultRecord> results) =>
        Mask is null ? results : [.. results.Select(one => new ResultRecord(Apply(one.Name), one.Status, one.Note is null ? null : Apply(one.Note), [.. one.Files.Select(Apply)]))];
}
