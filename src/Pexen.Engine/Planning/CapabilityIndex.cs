using System.Collections.Immutable;
using NuGet.Versioning;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>A unit that provides a capability.</summary>
/// <param name="Unit">Place among all units of the project.</param>
/// <param name="Version">Null where none was given; it then meets only requirements without a range (rule 1).</param>
internal readonly record struct Provider(int Unit, NuGetVersion? Version)
{
    public bool Meets(VersionRange? range) => range is null || (Version is not null && VersionText.Matches(range, Version));
}

/// <summary>Who provides what, over all units of the project: names resolve once, providers lie side by side in order of declaration.</summary>
internal sealed class CapabilityIndex
{
    private readonly Dictionary<string, int> _numbers;
    private readonly int[] _starts;
    private readonly Provider[] _providers;

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

    public ReadOnlySpan<Provider> Providers(int name) => _providers.AsSpan(_starts[name].._starts[name + 1]);
}
