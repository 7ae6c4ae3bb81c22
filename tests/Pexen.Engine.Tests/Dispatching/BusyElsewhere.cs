using Pexen.Execution.Dispatching;
using Pexen.Scheduling;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>Another run that holds everything for a number of tries.</summary>
internal sealed class BusyElsewhere(int refusals) : ISharedHolds
{
    public int Refusals { get; private set; } = refusals;

    public List<string> Released { get; } = [];

    /// <summary>Why nobody can ever have what it wants.</summary>
    public string? Disagreement { get; init; }

    public bool TryTake(
        string unit, ScheduleGraph graph, ReadOnlySpan<ScheduleHold> holds, InstanceChoice? choose, Action<Diagnostic> complain, out string? disagreement)
    {
        disagreement = Disagreement;
        return disagreement is null && (Refusals == 0 || Refusals-- == 0);
    }

    public void Release(string unit) => Released.Add(unit);

    public void Dispose()
    {
    }
}
