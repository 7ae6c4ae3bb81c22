namespace Pexen.Scheduling;

/// <summary>
/// Groups as resources that nobody sees. The places of a group are tokens: a unit takes one of its group and one of each around it. Where there are
/// exclusive groups every unit also stands in the line of its <em>realm</em>, which is the innermost exclusive group that it is in, or 0 if there is none: only
/// units of one realm run beside each other, and <see cref="RealmGate"/> says of which.
/// </summary>
internal sealed class GroupPlaces
{
    private readonly ScheduleGraph _graph;
    private readonly int _firstResource;
    private readonly int _endResource;
    private readonly ScheduleHold[][] _holds;
    private readonly int[] _realmOfGroup;
    private readonly int[] _realmOfResource;
    private readonly List<int> _groupOfRealm = [-1];

    /// <summary>Makes the resources in the graph; so it is made once for a graph.</summary>
    public GroupPlaces(ScheduleGraph graph)
    {
        _graph = graph;
        ScheduleGroup[] groups = graph.Groups;
        _firstResource = graph.ResourceCount;
        int[] tokens = [.. groups.Select(group => group.MaxParallel > 0 ? graph.AddResource("", -1, group.MaxParallel) : -1)];
        int[] realmOf = new int[groups.Length];
        for (int group = 0; group < groups.Length; group++)
        {
            if (groups[group].Exclusive)
            {
                realmOf[group] = _groupOfRealm.Count;
                _groupOfRealm.Add(group);
            }
        }

        HasRealms = _groupOfRealm.Count > 1;
        GateResource = HasRealms ? graph.AddResource("", -1, 0) : -1;
        int firstRealm = graph.ResourceCount;
        for (int realm = 0; HasRealms && realm < _groupOfRealm.Count; realm++)
        {
            graph.AddResource("", -1, 0);
        }

        _endResource = graph.ResourceCount;
        _realmOfResource = [.. Enumerable.Range(_firstResource, _endResource - _firstResource).Select(resource => Math.Max(-1, resource - firstRealm))];
        _realmOfGroup = new int[groups.Length + 1];
        _holds = new ScheduleHold[groups.Length + 1][];
        for (int group = -1; group < groups.Length; group++)
        {
            List<ScheduleHold> holds = [];
            int realm = 0;
            for (int around = group; around >= 0; around = groups[around].Parent)
            {
                realm = realm == 0 ? realmOf[around] : realm;
                if (tokens[around] >= 0)
                {
                    holds.Add(new ScheduleHold(tokens[around], HoldMode.Use, 1));
                }
            }

            if (HasRealms)
            {
                holds.Add(new ScheduleHold(firstRealm + realm, HoldMode.Use));
            }

            _realmOfGroup[group + 1] = realm;
            _holds[group + 1] = [.. holds];
        }
    }

    /// <summary>Whether any group is exclusive.</summary>
    public bool HasRealms { get; }

    public int RealmCount => _groupOfRealm.Count;

    /// <summary>What lines of realms that are shut watch.</summary>
    public int GateResource { get; }

    public ReadOnlySpan<ScheduleHold> HoldsOf(int unit) => _holds[_graph.GroupOf(unit) + 1];

    public int RealmOf(int unit) => _realmOfGroup[_graph.GroupOf(unit) + 1];

    public bool IsPlace(int resource) => resource >= _firstResource && resource < _endResource;

    /// <summary>The realm whose line a resource stands for, or -1.</summary>
    public int RealmOfResource(int resource) => IsPlace(resource) ? _realmOfResource[resource - _firstResource] : -1;

    /// <summary>The realm around another.</summary>
    public int RealmAround(int realm) => _realmOfGroup[_graph.Groups[_groupOfRealm[realm]].Parent + 1];

    /// <summary>The number of slots in a realm: the limit of its group, else what holds around it.</summary>
    public int SlotsIn(int realm, int maxParallel)
    {
        for (; realm > 0; realm = RealmAround(realm))
        {
            if (_graph.Groups[_groupOfRealm[realm]].MaxParallel is > 0 and int own)
            {
                return own;
            }
        }

        return maxParallel;
    }
}
