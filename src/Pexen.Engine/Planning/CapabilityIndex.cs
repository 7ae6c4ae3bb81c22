using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Who provides what, over all units of the project: names resolve once, providers lie side by side in order of declaration.</summary>
internal sealed class CapabilityIndex
{
    private readonly Dictionary<string, int> _numbers;
    private readonly int[] _starts;
    private readonly Provider[] _providers;
    private readonly bool[] _asked;

    public CapabilityIndex(ImmutableArray<UnitDefinition> units)
    {
        _numbers = new Dictionary<string, int>(units.Length, StringComparer.OrdinalIgnoreCase);
        List<(int Name, Provider Provider)> entries = new(units.Length);
        List<int> counts = new(units.Length);
        for (int unit = 0; unit < units.Length; unit++)
        {
            foreach (Capability capability in units[unit].Provides)
            {
                if (_numbers.TryAdd(capability.Name, counts.Count))
                {
                    counts.Add(0);
                }

                int name = _numbers[capability.Name];
                counts[name]++;
                entries.Add((name, new Provider(unit, capability.Version)));
            }
        }

        _starts = new int[counts.Count + 1];
        for (int name = 0; name < counts.Count; name++)
        {
            _starts[name + 1] = _starts[name] + counts[name];
        }

        _asked = new bool[counts.Count];
        _providers = new Provider[entries.Count];
        int[] next = _starts[..counts.Count];
        foreach ((int name, Provider provider) in entries)
        {
            _providers[next[name]++] = provider;
        }
    }

    /// <summary>All names there are, in the order in which they are first provided.</summary>
    public IEnumerable<string> Names => _numbers.Keys;

    /// <summary>Number of a name, or -1.</summary>
    public int Find(string name) => _numbers.TryGetValue(name, out int number) ? number : -1;

    /// <summary>The same, for somebody who needs it: from then on it <see cref="IsAskedFor"/>.</summary>
    public int Ask(string name)
    {
        int number = Find(name);
        if (number >= 0)
        {
            _asked[number] = true;
        }

        return number;
    }

    public bool IsAskedFor(string name) => Find(name) is >= 0 and int number && _asked[number];

    public ReadOnlySpan<Provider> Providers(int name) => _providers.AsSpan(_starts[name].._starts[name + 1]);
}
