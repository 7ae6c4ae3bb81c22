using System.Collections.Immutable;

namespace Pexen.Values;

/// <summary>The folders that units put before the PATH of others (<c>PEXEN_PATH</c>): the nearest provider's first, of equally near ones those of the one declared first.</summary>
internal sealed class InheritedFolders
{
    private readonly Dictionary<int, NearFolder[]> _inherited = [];
    private readonly Dictionary<int, NearFolder[]> _passed = [];

    /// <summary>Nobody has passed anything on so far.</summary>
    public bool IsEmpty => _passed.Count == 0;

    /// <summary>To be called when a unit starts.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="providers">Those that have provided, in the order in which they are declared.</param>
    public ImmutableArray<string> Inherit(int unit, IReadOnlyList<int> providers)
    {
        if (IsEmpty)
        {
            return [];
        }

        List<NearFolder> all = [];
        foreach (int provider in providers)
        {
            if (_passed.TryGetValue(provider, out NearFolder[]? passed))
            {
                all.AddRange(passed);
            }
        }

        if (all.Count == 0)
        {
            return [];
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        NearFolder[] inherited = [.. all.OrderBy(folder => folder.Distance).Where(folder => seen.Add(folder.Path))];
        _inherited[unit] = inherited;
        return [.. inherited.Select(folder => folder.Path)];
    }

    /// <summary>To be called when a unit has provided.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="written">Null for nothing.</param>
    public void Provide(int unit, IReadOnlyList<string>? written)
    {
        // What an earlier attempt left counts no more.
        _passed.Remove(SharedValues<string>.LeftBy(unit));
        Pass(unit, unit, written);
    }

    /// <summary>To be called when a unit has ended without providing: for those who clean up after it.</summary>
    public void Leave(int unit, IReadOnlyList<string>? written) => Pass(unit, SharedValues<string>.LeftBy(unit), written);

    private void Pass(int unit, int under, IReadOnlyList<string>? written)
    {
        if (written is { Count: > 0 } || _inherited.ContainsKey(unit))
        {
            NearFolder[] inherited = _inherited.GetValueOrDefault(unit, []);
            _passed[under] = [.. (written ?? []).Select(path => new NearFolder(path, 0)), .. inherited.Select(folder => folder with { Distance = folder.Distance + 1 })];
        }
    }

    /// <summary>A folder and how many units lie between who wrote it and who inherits it.</summary>
    private sealed record NearFolder(string Path, int Distance);
}
