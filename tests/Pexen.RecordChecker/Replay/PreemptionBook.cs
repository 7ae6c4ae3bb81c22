using Pexen.RecordChecking.Input;

namespace Pexen.RecordChecking.Replay;

/// <summary>Units that gave way to others for their memory, and how many may run beside each other until they are over (rule 37).</summary>
internal sealed class PreemptionBook(CheckedRun run)
{
    private const int Most = 2;

    private readonly Dictionary<UnitTrace, int> _widths = [];

    public void Preempt(RunEvent line, UnitTrace unit)
    {
        if (unit.Phase != UnitPhase.BetweenAttempts || unit.Ends[^1].Outcome != "Cancelled" || line.Attempt != unit.Attempt + 1)
        {
            run.Complaints.Add(Rule.Lifecycle, $"it gives way before attempt {line.Attempt}, but it is {unit.Phase}, attempt {unit.Attempt}", unit.Name, line.Seq);
        }

        if (unit.Holding.Count > 0)
        {
            run.Complaints.Add(Rule.Holds, $"it gives way and keeps '{unit.Holding[0].Node.Name}'", unit.Name, line.Seq);
        }

        if (unit.Entry.Limits?.Preemptible == false || unit.Entry.Service || unit.Entry.Finalizes.Length > 0)
        {
            run.Complaints.Add(Rule.Memory, "it gives way although it is one of those that are spared", unit.Name, line.Seq);
        }

        if (++unit.Preemptions > Most)
        {
            run.Complaints.Add(Rule.Memory, $"it gives way {unit.Preemptions} times", unit.Name, line.Seq);
        }

        if (!(line.MemoryBytes > run.File.MemoryLimitBytes))
        {
            run.Complaints.Add(Rule.Memory, $"it gives way at {line.MemoryBytes} bytes, and {run.File.MemoryLimitBytes?.ToString() ?? "no number of them"} is the limit", unit.Name, line.Seq);
        }

        _widths[unit] = line.Width ?? 0;
        unit.ReturnNs = line.Ns;
    }

    /// <summary>A unit is about to start.</summary>
    public void JudgeStart(UnitTrace unit, long seq)
    {
        if (_widths.Count == 0)
        {
            return;
        }

        int running = run.Units.Count(other => other.Phase == UnitPhase.Running && !other.Entry.Service);
        foreach ((UnitTrace postponed, int width) in _widths)
        {
            if (!postponed.IsOver && running >= Math.Max(1, width))
            {
                run.Complaints.Add(Rule.Memory, $"it starts beside {running} others, but until '{postponed.Name}' is over only {width} may run", unit.Name, seq);
            }
        }
    }
}
