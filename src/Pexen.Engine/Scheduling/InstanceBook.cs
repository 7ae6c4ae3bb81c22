using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Scheduling;

/// <summary>
/// Which instances of counted resources are with which unit of a run (rule 13). The scheduler counts tokens; here they get their names, so that no instance
/// is ever handed to two. There is none where no resource has instances.
/// </summary>
internal sealed class InstanceBook
{
    private readonly ScheduleGraph _graph;
    private readonly Dictionary<string, InstancePool> _pools = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<int, InstancePool> _poolOf = [];
    private readonly Dictionary<int, (InstancePool Pool, int Place)> _placeOf = [];
    private readonly Dictionary<int, ImmutableArray<string>[]> _handedOut = [];
    private int _resourcesSeen;
    private int _unitsSeen;

    private InstanceBook(ScheduleGraph graph) => _graph = graph;

    /// <summary>Null where no resource has instances.</summary>
    public static InstanceBook? For(ScheduleGraph graph, ImmutableArray<ResourceDefinition> resources)
    {
        InstanceBook? book = null;
        foreach (ResourceDefinition resource in resources)
        {
            if (!resource.Instances.IsEmpty)
            {
                book ??= new InstanceBook(graph);
                book._pools.TryAdd(resource.Name, new InstancePool(resource));
            }
        }

        return book;
    }

    /// <summary>Instances for these holds, one list for each; null where other runs leave too few. Nothing is taken yet.</summary>
    /// <param name="holds">Of one unit that has been granted its tokens.</param>
    /// <param name="elsewhere">What other runs have to do with an instance of a resource; null where there are none.</param>
    public ImmutableArray<string>[]? Choose(ReadOnlySpan<ScheduleHold> holds, Func<string, string, InstanceStanding>? elsewhere)
    {
        TakeIn();
        ImmutableArray<string>[] chosen = new ImmutableArray<string>[holds.Length];
        Array.Fill(chosen, []);
        for (int index = 0; index < holds.Length; index++)
        {
            ScheduleHold hold = holds[index];
            if (!_poolOf.TryGetValue(hold.Resource, out InstancePool? pool))
            {
                continue;
            }

            if (hold.Mode == HoldMode.Claim)
            {
                chosen[index] = pool.Names;
            }
            else if (pool.Choose(hold.Tokens, elsewhere is null ? null : instance => elsewhere(pool.Resource, instance)) is { } names)
            {
                chosen[index] = names;
            }
            else
            {
                return null;
            }
        }

        return chosen;
    }

    /// <summary>Hands out what was chosen; a unit that has something keeps just that.</summary>
    public void Take(int unit, ImmutableArray<string>[] chosen)
    {
        if (_handedOut.TryAdd(unit, chosen))
        {
            Change(unit, chosen, taken: true);
        }
    }

    /// <summary>To be called when the unit gives back what it holds.</summary>
    public void Release(int unit)
    {
        if (_handedOut.Remove(unit, out ImmutableArray<string>[]? chosen))
        {
            Change(unit, chosen, taken: false);
        }
    }

    /// <summary>One list for each hold of the unit; null where it has none.</summary>
    public ImmutableArray<string>[]? Of(int unit) => _handedOut.GetValueOrDefault(unit);

    /// <summary>For each resource the unit has instances of, handed out or by their names: its environment variable, its name, and those instances.</summary>
    public IEnumerable<(string Variable, string Resource, IReadOnlyList<string> Instances)> Grants(int unit)
    {
        if (Of(unit) is not { } chosen)
        {
            yield break;
        }

        Dictionary<InstancePool, SortedSet<int>> places = [];
        for (int index = 0; index < chosen.Length; index++)
        {
            int resource = _graph.Holds[_graph.HoldStart[unit] + index].Resource;
            if (_placeOf.TryGetValue(resource, out (InstancePool Pool, int Place) named))
            {
                Places(named.Pool).Add(named.Place);
            }
            else if (_poolOf.TryGetValue(resource, out InstancePool? pool))
            {
                Places(pool).UnionWith(chosen[index].Select(pool.PlaceOf));
            }
        }

        foreach ((InstancePool pool, SortedSet<int> mine) in places)
        {
            yield return (pool.Variable, pool.Resource, [.. mine.Select(place => pool.Names[place])]);
        }

        SortedSet<int> Places(InstancePool pool)
        {
            if (!places.TryGetValue(pool, out SortedSet<int>? mine))
            {
                places.Add(pool, mine = []);
            }

            return mine;
        }
    }

    /// <summary>The environment variables that tell what it has.</summary>
    public NamedValue[] VariablesOf(int unit) => [.. Grants(unit).Select(grant => new NamedValue(grant.Variable, string.Join(';', grant.Instances)))];

    private void Change(int unit, ImmutableArray<string>[] chosen, bool taken)
    {
        for (int index = 0; index < chosen.Length; index++)
        {
            int resource = _graph.Holds[_graph.HoldStart[unit] + index].Resource;
            if (_placeOf.TryGetValue(resource, out (InstancePool Pool, int Place) named))
            {
                named.Pool.Name(named.Place, taken ? 1 : -1);
            }
            else if (_poolOf.TryGetValue(resource, out InstancePool? pool))
            {
                pool.Mark(chosen[index], taken);
            }
        }
    }

    /// <summary>Resources and units that the graph has got since the last time.</summary>
    private void TakeIn()
    {
        for (; _resourcesSeen < _graph.ResourceCount; _resourcesSeen++)
        {
            string name = _graph.ResourceNames[_resourcesSeen];
            if (_pools.TryGetValue(name, out InstancePool? own))
            {
                _poolOf.Add(_resourcesSeen, own);
            }
            else if (name.LastIndexOf('/') is > 0 and int slash && _pools.TryGetValue(name[..slash], out InstancePool? above) && above.PlaceOf(name[(slash + 1)..]) is >= 0 and int place)
            {
                _placeOf.Add(_resourcesSeen, (above, place));
            }
        }

        int end = _graph.HoldStart[_graph.UnitCount];
        for (int hold = _graph.HoldStart[_unitsSeen]; hold < end; hold++)
        {
            if (_placeOf.TryGetValue(_graph.Holds[hold].Resource, out (InstancePool Pool, int Place) named))
            {
                named.Pool.Note(named.Place);
            }
        }

        _unitsSeen = _graph.UnitCount;
    }
}
