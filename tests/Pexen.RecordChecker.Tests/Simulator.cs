namespace Pexen.RecordChecking.Tests;

/// <summary>
/// Makes good records: a scheduler as plain as can be, which looks at everything every time. It shares nothing with the engine
/// or the checker but the rules.
/// </summary>
internal sealed class Simulator
{
    private readonly List<SimulatedUnit> _units;
    private readonly Dictionary<string, SimulatedUnit> _byName;
    private readonly Dictionary<string, int> _capacities;
    private readonly int _maxParallel;
    private readonly int? _maxFailures;
    private readonly EventWriter _events = new();
    private readonly List<(SimulatedUnit Unit, string Resource, bool Claim, int Tokens)> _holds = [];
    private SimulatedGroup? _open;
    private int _now;
    private int _failures;
    private bool _cancelled;

    public Simulator(IEnumerable<SimulatedUnit> units, int maxParallel, Dictionary<string, int>? capacities = null, int? maxFailures = null)
    {
        _units = [.. units];
        _byName = _units.ToDictionary(unit => unit.Name);
        _capacities = capacities ?? [];
        _maxParallel = maxParallel;
        _maxFailures = maxFailures;
        for (int i = 0; i < _units.Count; i++)
        {
            _units[i].Index = i;
        }

        int rank = 0;
        foreach (SimulatedUnit unit in _units.OrderBy(unit => unit.Priority))
        {
            unit.Rank = rank++;
        }
    }

    private IEnumerable<SimulatedUnit> Running => _units.Where(unit => unit.State == "running");

    /// <summary>Runs everything; with a time, cancels the run then.</summary>
    public SampleRecord Run(int? cancelAt = null)
    {
        _events.Run(_units.Count, _maxParallel, _maxFailures);
        do
        {
            Settle();
            while (!_cancelled && Next() is { } unit)
            {
                Start(unit);
            }
        }
        while (EndOne(cancelAt));
        string outcome = _cancelled ? "Cancelled" : _units.Exists(unit => IsFailure(unit) && !unit.Tolerated) ? "Failed" : "Succeeded";
        _events.Finish(outcome, _now);
        return new RecordWriter(_units, _capacities, _maxParallel, _maxFailures is null ? "KeepGoing" : "FailFast")
            .Write(outcome, _now, _holds.Select(hold => (hold.Unit.Name, hold.Resource, hold.Claim ? 0 : hold.Tokens)), _events.Lines);
    }

    private static bool IsFailure(SimulatedUnit unit) => unit.Outcome is "Failed" or "TimedOut" or "ControlledFailure";

    private static bool Provides(SimulatedUnit unit) => unit.Outcome is "Succeeded" or "ControlledFailure";

    private static bool Related(string left, string right) =>
        left == right || left.StartsWith(right + "/", StringComparison.Ordinal) || right.StartsWith(left + "/", StringComparison.Ordinal);

    private void Settle()
    {
        bool moved;
        do
        {
            moved = false;
            foreach (SimulatedUnit unit in _units.Where(unit => unit.State is "waiting" or "ready"))
            {
                if (_cancelled)
                {
                    unit.State = "over";
                    unit.Outcome = "Cancelled";
                    _events.Cancel(unit, _now);
                }
                else if (Loss(unit) is { } loss)
                {
                    (unit.CausedBy, unit.Reason) = loss;
                    unit.State = "over";
                    unit.Outcome = "Skipped";
                    _events.Skip(unit, _now);
                    moved = true;
                }
                else if (unit.State == "waiting" && IsReady(unit))
                {
                    unit.State = "ready";
                    unit.ReadySeq = _events.Ready(unit, _now);
                }
            }
        }
        while (moved);
    }

    private (string? Cause, string? Reason)? Loss(SimulatedUnit unit)
    {
        if (_failures >= _maxFailures)
        {
            return (null, "failFast");
        }

        foreach ((string name, string kind) in unit.DependsOn.Where(edge => edge.Kind == "Requires"))
        {
            SimulatedUnit provider = _byName[name];
            if (provider.State == "over" && !Provides(provider))
            {
                return (provider.CausedBy ?? provider.Name, "dependency");
            }
        }

        var any = unit.DependsOn.Where(edge => edge.Kind == "RequiresAny").Select(edge => _byName[edge.Unit]).ToList();
        if (any.Count > 0 && any.TrueForAll(provider => provider.State == "over" && !Provides(provider)))
        {
            return (any[0].CausedBy ?? any[0].Name, "dependency");
        }

        foreach (var (resource, claim, tokens) in unit.Wants)
        {
            var kept = _holds.Where(hold => hold.Unit.State == "over" && Related(hold.Resource, resource)).ToList();
            var block = kept.Find(hold => hold.Claim || claim);
            if (block.Unit is null && kept.Count > 0 && kept.Sum(hold => hold.Tokens) + tokens > _capacities.GetValueOrDefault(resource, int.MaxValue))
            {
                block = kept[0];
            }

            if (block.Unit is not null)
            {
                return (block.Unit.Name, "held");
            }
        }

        return null;
    }

    private bool IsReady(SimulatedUnit unit)
    {
        var any = unit.DependsOn.Where(edge => edge.Kind == "RequiresAny").ToList();
        return unit.DependsOn.Where(edge => edge.Kind != "RequiresAny").All(edge => _byName[edge.Unit].State == "over")
            && (any.Count == 0 || any.Exists(edge => _byName[edge.Unit].State == "over" && Provides(_byName[edge.Unit])));
    }

    private SimulatedUnit? Next()
    {
        while (_open is not null && !Running.Any() && !_units.Exists(unit => unit.State == "ready" && IsIn(unit, _open)))
        {
            _open = _open.Parent?.Realm;
        }

        foreach (SimulatedUnit unit in _units.Where(unit => unit.State == "ready" && HasPlace(unit)).OrderBy(unit => unit.Rank))
        {
            if (unit.Wants.All(IsFree) && !IsHeldBack(unit))
            {
                // One that is too wide, or has to be alone, is not passed by those behind it.
                bool drains = Running.Any() && unit.Group?.Realm != _open;
                return !drains && Width(unit) <= FreeSlots(unit).Count() ? unit : null;
            }
        }

        return null;
    }

    private static bool IsIn(SimulatedUnit unit, SimulatedGroup group) => unit.Group?.Around.Contains(group) == true;

    private bool HasPlace(SimulatedUnit unit) =>
        (_open is null || IsIn(unit, _open))
        && (unit.Group is null || unit.Group.Around.All(group => !(Running.Count(other => IsIn(other, group)) >= group.MaxParallel)));

    private int SlotsFor(SimulatedUnit unit) =>
        unit.Group?.Around.FirstOrDefault(group => group.Exclusive && group.MaxParallel is not null)?.MaxParallel ?? _maxParallel;

    private int Width(SimulatedUnit unit) => Math.Min(unit.Slots, SlotsFor(unit));

    private IEnumerable<int> FreeSlots(SimulatedUnit unit) => Enumerable.Range(1, SlotsFor(unit)).Except(Running.SelectMany(other => other.SlotNumbers));

    private bool IsFree((string Resource, bool Claim, int Tokens) want) =>
        !_holds.Exists(hold => Related(hold.Resource, want.Resource) && (hold.Claim || want.Claim))
        && (want.Tokens == 0 || _holds.Where(hold => hold.Resource == want.Resource).Sum(hold => hold.Tokens) + want.Tokens <= _capacities[want.Resource]);

    private bool IsHeldBack(SimulatedUnit unit) =>
        _units.Exists(other => other.State == "ready" && other != unit
            && (other.Rank < unit.Rank || (other.Priority == unit.Priority && other.ReadySeq < unit.ReadySeq))
            && other.Wants.Any(blocked => !IsFree(blocked) && unit.Wants.Any(want =>
                Related(want.Resource, blocked.Resource)
                && (want.Claim || blocked.Claim || (want.Resource == blocked.Resource && want.Tokens > 0)))));

    private void Start(SimulatedUnit unit)
    {
        unit.SlotNumbers.AddRange(FreeSlots(unit).Take(Width(unit)).ToList());
        _open = unit.Group?.Realm;
        unit.FirstSlot = unit.SlotNumbers[0];
        _holds.AddRange(unit.Wants.Select(want => (unit, want.Resource, want.Claim, want.Tokens)));
        unit.State = "running";
        unit.StartedAt = _now;
        unit.EndsAt = _now + unit.Duration;
        _events.Start(unit, _now);
    }

    private bool EndOne(int? cancelAt)
    {
        if (Running.MinBy(unit => unit.EndsAt) is not { } unit)
        {
            return false;
        }

        _cancelled |= unit.EndsAt >= cancelAt;
        _now = _cancelled ? Math.Max(_now, cancelAt!.Value) : unit.EndsAt;
        unit.EndsAt = _now;
        unit.Outcome = _cancelled ? "Cancelled" : unit.Fate;
        unit.Reason = unit.Fate == "Skipped" ? "notApplicable" : unit.Crashes ? "signal 11" : null;
        unit.State = "over";
        _failures += IsFailure(unit) && !unit.Tolerated ? 1 : 0;
        bool keeps = unit.Crashes && !_cancelled;
        _events.End(unit, _now, keeps);
        if (!keeps)
        {
            _holds.RemoveAll(hold => hold.Unit == unit);
        }

        return true;
    }
}
