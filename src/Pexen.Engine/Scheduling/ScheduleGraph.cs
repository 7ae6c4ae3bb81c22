using Pexen.Model;

namespace Pexen.Scheduling;

/// <summary>
/// What the scheduler needs to know of a plan, in flat arrays indexed by unit and by resource. Lists of unit <c>u</c> lie in
/// <c>[Start[u], Start[u + 1])</c>. Nothing is checked here: the planner has. It grows while the run goes on; then the arrays are longer than what is
/// in them, and are other arrays than before.
/// </summary>
internal sealed class ScheduleGraph
{
    private int[] _rank = [];
    private int[] _priority = [];
    private int[] _slots = [];
    private int[] _dependencyStart = [];
    private Dependency[] _dependencies = [];
    private int[] _holdStart = [];
    private ScheduleHold[] _holds = [];
    private int[] _resourceParent = [];
    private int[] _resourceCapacity = [];
    private List<string> _resourceNames = [];
    private int[] _groupOf = [];
    private UnitTraits[] _traits = [];
    private GroupPlaces? _places;

    /// <summary>A total order over the units, 0 first and without gaps. Among those of the plan a lower priority number always comes first; those added later go on from the last.</summary>
    public required int[] Rank
    {
        get => _rank;
        init
        {
            _rank = value;
            UnitCount = value.Length;
        }
    }

    /// <summary>Lower starts first.</summary>
    public required int[] Priority { get => _priority; init => _priority = value; }

    /// <summary>Slots wanted, at least 1; the scheduler takes no more than there are (rule 12).</summary>
    public required int[] Slots { get => _slots; init => _slots = value; }

    public required int[] DependencyStart { get => _dependencyStart; init => _dependencyStart = value; }

    /// <summary>What each unit waits for.</summary>
    public required Dependency[] Dependencies { get => _dependencies; init => _dependencies = value; }

    public required int[] HoldStart { get => _holdStart; init => _holdStart = value; }

    /// <summary>What each unit holds while it runs; a resource at most once for each unit.</summary>
    public required ScheduleHold[] Holds { get => _holds; init => _holds = value; }

    /// <summary>The nearest resource above on the same path, or -1. What is added later never comes between two that are there.</summary>
    public required int[] ResourceParent
    {
        get => _resourceParent;
        init
        {
            _resourceParent = value;
            ResourceCount = value.Length;
        }
    }

    /// <summary>How many tokens the resource has; 0 for one without a capacity.</summary>
    public required int[] ResourceCapacity { get => _resourceCapacity; init => _resourceCapacity = value; }

    /// <summary>Paths of the resources; empty where nobody reads them.</summary>
    public IReadOnlyList<string> ResourceNames { get => _resourceNames; init => _resourceNames = [.. value]; }

    public ScheduleGroup[] Groups { get; init; } = [];

    /// <summary>The group of each unit, or -1; empty where there are no groups.</summary>
    public int[] GroupOfUnit { init => _groupOf = value; }

    /// <summary>What is special about each unit's life; empty where there are neither services nor finalizers.</summary>
    public UnitTraits[] Traits { init => _traits = value; }

    /// <summary>Whether there are services or finalizers.</summary>
    public bool HasLifetimes => _traits.Length > 0;

    /// <summary>What groups mean to their units; null where there are none.</summary>
    public GroupPlaces? Places => Groups.Length == 0 ? null : _places ??= new GroupPlaces(this);

    public int UnitCount { get; private set; }

    public int ResourceCount { get; private set; }

    public int DependencyCount => _dependencyStart[UnitCount];

    public int HoldCount => _holdStart[UnitCount];

    /// <summary>How plans are read into this one; null where it was not made from a plan.</summary>
    public PlanGraph? Source { get; init; }

    /// <summary>The same for a plan: units keep their indexes; resources are those that units hold and those above them, in order of first mention.</summary>
    public static ScheduleGraph FromPlan(Plan plan) => PlanGraph.Build(plan);

    /// <summary>Takes in what was added to the plan. The scheduler has to be told: <see cref="UnitScheduler.Add(PlanExtension)"/> does both.</summary>
    public void Extend(PlanExtension extension)
    {
        if (Source is null)
        {
            throw new InvalidOperationException("the graph was not made from a plan");
        }

        Source.Extend(this, extension);
    }

    /// <summary>Appends a resource; its index.</summary>
    public int AddResource(string name, int parent, int capacity)
    {
        int resource = ResourceCount++;
        Growth.Set(ref _resourceParent, resource, parent);
        Growth.Set(ref _resourceCapacity, resource, capacity);
        _resourceNames.Add(name);
        return resource;
    }

    /// <summary>Appends a unit, which ranks after all others of its priority; its index.</summary>
    public int AddUnit(int priority, int slots, ReadOnlySpan<Dependency> dependencies, ReadOnlySpan<ScheduleHold> holds, int group = -1, UnitTraits traits = UnitTraits.None)
    {
        int unit = UnitCount;
        Growth.Set(ref _rank, unit, unit);
        Growth.Set(ref _priority, unit, priority);
        Growth.Set(ref _slots, unit, slots);
        if (Groups.Length > 0)
        {
            Growth.Set(ref _groupOf, unit, group);
        }

        if (HasLifetimes)
        {
            Growth.Set(ref _traits, unit, traits);
        }

        Growth.Append(ref _dependencies, _dependencyStart[unit], dependencies);
        Growth.Append(ref _holds, _holdStart[unit], holds);
        Growth.Set(ref _dependencyStart, unit + 1, _dependencyStart[unit] + dependencies.Length);
        Growth.Set(ref _holdStart, unit + 1, _holdStart[unit] + holds.Length);
        UnitCount++;
        return unit;
    }

    public int GroupOf(int unit) => _groupOf.Length > 0 ? _groupOf[unit] : -1;

    public UnitTraits TraitsOf(int unit) => _traits.Length > 0 ? _traits[unit] : UnitTraits.None;

    /// <summary>What a unit waits for, without what was added for it later.</summary>
    public ReadOnlySpan<Dependency> DependenciesOf(int unit) => _dependencies.AsSpan(_dependencyStart[unit], _dependencyStart[unit + 1] - _dependencyStart[unit]);

    /// <summary>A resource that nobody has named before, only one below it, turns out to have a capacity.</summary>
    public void SetCapacity(int resource, int capacity) => _resourceCapacity[resource] = capacity;
}
