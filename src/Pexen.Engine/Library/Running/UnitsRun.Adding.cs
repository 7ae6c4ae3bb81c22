using System.Collections.Immutable;

namespace Pexen.Library;

/// <summary>Units that are added while the run is under way (rule 32).</summary>
internal sealed partial class UnitsRun
{
    /// <summary>From any thread, for everybody. Nothing is added if anything is wrong.</summary>
    /// <exception cref="PlanException">What is wrong.</exception>
    public void Add(ImmutableArray<Unit> units)
    {
        UnitAttempt? next;
        lock (_gate)
        {
            if (_isOver || _stopping != Execution.Dispatching.StopReason.None)
            {
                return;
            }

            if (Extend(units, null) is { IsEmpty: false } problems)
            {
                throw new PlanException(problems);
            }

            next = Continue();
        }

        HandToPool(next);
    }

    /// <summary>Under the lock: adds what a unit added. Null on success, else why not, in a sentence.</summary>
    private string? TryExtend(UnitAttempt by, ImmutableList<Unit> units)
    {
        ImmutableArray<Diagnostic> problems = Extend([.. units], by.Unit.Name);
        return problems.IsEmpty
            ? null
            : Diagnostics.UnitsNotAdded(by.Unit.Name, string.Join(' ', problems.Select(problem => $"{problem.Code}: {problem.Message}"))).Message;
    }

    /// <summary>The seam to the planner's and the scheduler's part of it: what stands against it, or nothing and they are added.</summary>
    private static ImmutableArray<Diagnostic> Extend(ImmutableArray<Unit> units, string? addedBy) =>
        [Diagnostics.NotYet($"Adding {units.Length} units during a run{(addedBy is null ? "" : $" by '{addedBy}'")}", addedBy, null)];
}
