using Pexen.RecordChecking.Input;

namespace Pexen.RecordChecking.Replay;

/// <summary>Units that go with one of their category that broke a limit of time or memory (rule 37).</summary>
internal sealed class ChainBook(CheckedRun run)
{
    private readonly List<UnitTrace> _broken = [];

    /// <summary>Whether a unit ended by breaking a limit that stands for its size.</summary>
    public static bool BreaksLimit(UnitEntry unit) => unit is
    {
        Limits: { Category: not null, Size: > 0 },
        Outcome: "TimedOut" or "Failed",
        Reason: "timeout" or "total timeout" or "memory limit" or "run memory limit",
    };

    /// <summary>Whether a unit has to go with one that broke a limit.</summary>
    public static bool GoesWith(UnitEntry unit, UnitEntry broken) =>
        BreaksLimit(broken) && unit.Limits?.Size >= broken.Limits!.Size
        && string.Equals(unit.Limits.Category, broken.Limits.Category, StringComparison.OrdinalIgnoreCase);

    public void Over(UnitTrace unit)
    {
        if (unit.LastEvent == "end" && BreaksLimit(unit.Entry))
        {
            _broken.Add(unit);
        }
    }

    /// <summary>A unit is about to start. Services and finalizers are spared, and one that was added may have come later.</summary>
    public void JudgeStart(UnitTrace unit, long seq)
    {
        bool spared = unit.Entry.Service || unit.Entry.Finalizes.Length > 0;
        if (unit.Entry.AddedBy is null && !spared && _broken.Find(broken => GoesWith(unit.Entry, broken.Entry)) is { } before)
        {
            run.Complaints.Add(Rule.Chain, $"it starts although '{before.Name}', of its category and not larger, broke a limit", unit.Name, seq);
        }
    }

    /// <summary>An attempt was stopped with another unit.</summary>
    public void JudgeStopped(UnitTrace unit, long seq)
    {
        if (!_broken.Exists(broken => broken.Name == unit.Entry.CausedBy && GoesWith(unit.Entry, broken.Entry)))
        {
            run.Complaints.Add(Rule.Chain, $"it is stopped with '{unit.Entry.CausedBy}', which broke no limit, or has nothing to do with it", unit.Name, seq);
        }
    }
}
