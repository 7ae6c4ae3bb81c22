using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Tests.Scheduling;

/// <summary>
/// The rules read off one by one, with a look at everything for every question. It shares no structure with the scheduler: conflicts are decided
/// on the text of the paths, rule 11 on all pairs.
/// </summary>
internal sealed partial class RescanningScheduler
{
    private readonly ScheduleGraph graph;
    private readonly int maxParallel;
    private readonly List<AddedDependency> added = [];
    private bool[] provided;
    private bool[] keeps;
    private int[] readySince;
    private int clock;
    private int open = -1;

    public RescanningScheduler(ScheduleGraph graph, int maxParallel, bool held = false)
    {
        this.graph = graph;
        this.held = held && graph.HasLifetimes;
        this.maxParallel = maxParallel;
        State = new UnitState[graph.UnitCount];
        provided = new bool[graph.UnitCount];
        keeps = new bool[graph.UnitCount];
        readySince = new int[graph.UnitCount];
        Array.Fill(readySince, -1);
        GrowLifetimes(0);
        Settle();
    }

    public UnitState[] State { get; private set; }

    public List<int> BecameReady { get; } = [];

    /// <summary>The unit that must start now, or -1.</summary>
    public int Next()
    {
        int first = First();
        while (first < 0 && GiveWay())
        {
            first = First();
        }

        return first;
    }

    private int First()
    {
        while (open >= 0 && !Present().Any() && !Ready().Any(IsInside))
        {
            open = Groups(graph.Groups[open].Parent).FirstOrDefault(group => graph.Groups[group].Exclusive, -1);
        }

        int first = Ready().Where(unit => IsInside(unit) && !HasNoPlace(unit) && MayStart(unit)).OrderBy(Place).FirstOrDefault(-1);
        first = first >= 0 && Present().Any() && Realm(first) != open ? -1 : first;

        // Who rested with its locks is waited for by others, and waits for slots alone.
        int returning = Where(UnitState.Returning).OrderBy(Place).FirstOrDefault(-1);
        first = returning >= 0 && (first < 0 || Place(returning).CompareTo(Place(first)) < 0) ? returning : first;
        return first >= 0 && Slots(first) <= SlotCount(first) - Running().Sum(Slots) ? first : -1;
    }

    public void Start(int unit)
    {
        State[unit] = UnitState.Running;
        keeps[unit] = false;
        keepers.Remove(unit);
        open = Realm(unit);
    }

    /// <summary>The innermost exclusive group of a unit, or -1.</summary>
    public int Realm(int unit) => Groups(graph.GroupOf(unit)).FirstOrDefault(group => graph.Groups[group].Exclusive, -1);

    /// <summary>The number of slots for a unit and those beside it.</summary>
    public int SlotCount(int unit) => Groups(graph.GroupOf(unit)).SkipWhile(group => group != Realm(unit))
        .Where(group => graph.Groups[group].Exclusive && graph.Groups[group].MaxParallel > 0)
        .Select(group => graph.Groups[group].MaxParallel).FirstOrDefault(maxParallel);

    public bool IsCrowded(int group) => graph.Groups[group].MaxParallel > 0 && Members(group) > graph.Groups[group].MaxParallel;

    public void Complete(int unit, Completion completion)
    {
        bool died = State[unit] == UnitState.Up && !completion.Provided;
        State[unit] = completion.Provided ? UnitState.Provided : UnitState.Failed;
        NoteEnd(unit, completion);
        provided[unit] = completion.Provided;
        keeps[unit] = !completion.ReleasesLocks;
        if (died)
        {
            Bereave(unit);
        }

        if (keeps[unit])
        {
            Keep(unit);
        }

        Settle();
    }

    public void GiveBack(int unit)
    {
        State[unit] = UnitState.Outside;
        if (stopped && !OutlivesTheRun(unit))
        {
            State[unit] = endsAs;
            Settle();
        }
    }

    /// <summary>It is ready again at once, with the age that it had.</summary>
    public void Preempt(int unit)
    {
        NoteAttempt(unit);
        GiveBack(unit);
        if (State[unit] == UnitState.Outside)
        {
            State[unit] = UnitState.Ready;
            BecameReady.Add(unit);
        }
    }

    /// <summary>Those that do not run are skipped; what they kept after a crash is free, or held, as they said.</summary>
    public void SkipChained(IEnumerable<int> units)
    {
        foreach (int unit in units.Where(unit => !Ended(unit) && State[unit] is not (UnitState.Running or UnitState.Up)).ToArray())
        {
            End(unit, UnitState.Skipped);
        }

        Settle();
    }

    public void Retry(int unit) => State[unit] = UnitState.Ready;

    /// <summary>A ready unit loses its age; a running one keeps it, and its locks if it says so.</summary>
    public void Rest(int unit, bool keepsLocks, bool keepsForGood = false)
    {
        readySince[unit] = State[unit] == UnitState.Ready ? -1 : readySince[unit];
        if (State[unit] == UnitState.Running)
        {
            NoteAttempt(unit);
        }

        State[unit] = UnitState.Resting;
        keeps[unit] = keepsLocks;
        if (keepsForGood)
        {
            keepers.Add(unit);
        }

        if (stopped && !OutlivesTheRun(unit))
        {
            End(unit, endsAs);
            Settle();
        }
    }

    public void Return(int unit)
    {
        State[unit] = keeps[unit] ? UnitState.Returning : UnitState.Ready;
        readySince[unit] = readySince[unit] < 0 ? clock++ : readySince[unit];
        BecameReady.Add(unit);
    }

    /// <summary>The graph has got more units.</summary>
    public void Add(IEnumerable<AddedDependency> dependencies)
    {
        added.AddRange(dependencies);
        int before = State.Length;
        State = [.. State, .. new UnitState[graph.UnitCount - before]];
        provided = [.. provided, .. new bool[graph.UnitCount - before]];
        keeps = [.. keeps, .. new bool[graph.UnitCount - before]];
        readySince = [.. readySince, .. Enumerable.Repeat(-1, graph.UnitCount - before)];
        GrowLifetimes(before);
        Settle();
    }

    public bool MayStart(int unit) =>
        Wants(unit).All(want => !IsBlocked(want))
        && !Ready().Any(other => other != unit && IsAhead(other, unit)
            && Wants(other).Any(want => IsBlocked(want) && !IsExempt(unit, want) && Wants(unit).Any(hold => Conflict(hold, want) || SameTokens(hold, want))));

    public IEnumerable<int> Running() => Where(UnitState.Running);

    /// <summary>Those who run, and those who rest with all they have but their slots.</summary>
    public IEnumerable<int> Present() =>
        Running().Concat(Enumerable.Range(0, State.Length).Where(unit => keeps[unit] && State[unit] is UnitState.Resting or UnitState.Returning));

    public int Slots(int unit) => Math.Min(graph.Slots[unit], SlotCount(unit));

    public ScheduleHold[] Wants(int unit) => graph.Holds[graph.HoldStart[unit]..graph.HoldStart[unit + 1]];

    public bool Conflict(ScheduleHold one, ScheduleHold other)
    {
        string first = graph.ResourceNames[one.Resource] + "/";
        string second = graph.ResourceNames[other.Resource] + "/";
        bool related = first.StartsWith(second, StringComparison.Ordinal) || second.StartsWith(first, StringComparison.Ordinal);
        return related && (one.Mode == HoldMode.Claim || other.Mode == HoldMode.Claim);
    }

    /// <summary>A group and those around it.</summary>
    private IEnumerable<int> Groups(int group)
    {
        for (; group >= 0; group = graph.Groups[group].Parent)
        {
            yield return group;
        }
    }

    private bool IsInside(int unit) => open < 0 || Groups(graph.GroupOf(unit)).Contains(open);

    private bool HasNoPlace(int unit) =>
        Groups(graph.GroupOf(unit)).Any(group => graph.Groups[group].MaxParallel > 0 && Members(group) >= graph.Groups[group].MaxParallel);

    private int Members(int group) => Present().Count(unit => Groups(graph.GroupOf(unit)).Contains(group));

    private IEnumerable<int> Ready() => Where(UnitState.Ready);

    private IEnumerable<int> Where(UnitState which) => Enumerable.Range(0, State.Length).Where(unit => State[unit] == which);

    private bool IsAhead(int one, int other) =>
        Place(one).CompareTo(Place(other)) < 0 || graph.Priority[one] == graph.Priority[other] && readySince[one] < readySince[other];

    private (int Priority, int Rank) Place(int unit) => (graph.Priority[unit], graph.Rank[unit]);

    private bool SameTokens(ScheduleHold one, ScheduleHold other) =>
        one.Resource == other.Resource && graph.ResourceCapacity[one.Resource] > 0;

    private bool IsBlocked(ScheduleHold want) => IsBlocked(want, Running().Concat(Where(UnitState.Up)).Concat(Keepers().Where(keeper => !lent.Contains(keeper))));

    private bool IsBlocked(ScheduleHold want, IEnumerable<int> holders)
    {
        ScheduleHold[] held = [.. holders.SelectMany(Wants)];
        int capacity = graph.ResourceCapacity[want.Resource];
        int taken = held.Where(hold => hold.Resource == want.Resource && hold.Mode == HoldMode.Use).Sum(hold => hold.Tokens);
        return held.Any(hold => Conflict(hold, want)) || capacity > 0 && want.Mode == HoldMode.Use && taken + want.Tokens > capacity;
    }

    private IEnumerable<int> Keepers() => Enumerable.Range(0, State.Length).Where(unit => keeps[unit]);

    private IEnumerable<int> KeepersForGood() => Keepers().Where(Ended);

    /// <summary>Skips, then makes ready, until nothing changes.</summary>
    private void Settle()
    {
        RememberChoices();
        do
        {
            do
            {
                while (Unstarted().FirstOrDefault(IsHopeless, -1) is >= 0 and int hopeless)
                {
                    End(hopeless, UnitState.Skipped);
                }
            }
            while (Disappoint());
        }
        while (EndWhatNobodyNeeds());
        RememberChoices();
        FindWanted();

        foreach (int unit in Ready().Concat(Where(UnitState.Outside)).Concat(Where(UnitState.Resting)).Where(unit => !IsDue(unit)).ToArray())
        {
            State[unit] = UnitState.Waiting;
        }

        foreach (int unit in Where(UnitState.Waiting).Where(IsDue).OrderBy(Place).ToArray())
        {
            LendTo(unit);
            State[unit] = UnitState.Ready;
            readySince[unit] = readySince[unit] < 0 ? clock++ : readySince[unit];
            BecameReady.Add(unit);
        }
    }

    private bool IsHopeless(int unit)
    {
        bool CannotCome(Dependency need) => Ended(need.Unit) && !ProvidesTo(unit, need.Unit) || CameTooLate(unit, need.Unit);
        return !IsFinalizer(unit) && Needs(unit).Any(group => group.Key.Kind switch
        {
            DependencyKind.Requires => group.Any(CannotCome),
            DependencyKind.RequiresAny => group.All(CannotCome),
            _ => false,
        });
    }

    private bool IsDue(int unit) => (!IsService(unit) || wanted[unit]) && !(held && IsFinalizer(unit)) && HasAllItWaitsFor(unit);

    private bool HasAllItWaitsFor(int unit) => Needs(unit).All(group => group.Key.Kind switch
    {
        DependencyKind.Requires => group.All(need => ProvidesTo(unit, need.Unit) || IsFinalizer(unit) && Ended(need.Unit)),
        DependencyKind.RequiresAny => met.Contains((unit, group.Key.Choice)) || IsFinalizer(unit) && group.All(need => Ended(need.Unit)),
        _ => group.All(need => Ended(need.Unit)),
    });

    private IEnumerable<IGrouping<(DependencyKind Kind, int Choice), Dependency>> Needs(int unit) =>
        graph.Dependencies[graph.DependencyStart[unit]..graph.DependencyStart[unit + 1]]
            .Concat(added.Where(edge => edge.Unit == unit).Select(edge => edge.Dependency))
            .GroupBy(need => (need.Kind, need.Choice));

    private bool Ended(int unit) => State[unit] >= UnitState.Provided;
}
