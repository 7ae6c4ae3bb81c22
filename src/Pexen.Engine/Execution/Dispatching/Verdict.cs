using Pexen.Scheduling;

namespace Pexen.Execution.Dispatching;

/// <summary>What the end of an attempt means.</summary>
/// <param name="Outcome">How the unit ended.</param>
/// <param name="Completion">What others see of it.</param>
/// <param name="Reason">In a word or two, or null.</param>
/// <param name="Diagnostic">What to say, or null.</param>
/// <param name="Code">The diagnostic's code where another one says it for the whole run.</param>
/// <param name="Cause">In which way it went wrong, as far as another attempt depends on it.</param>
internal sealed record Verdict(
    Outcome Outcome,
    Completion Completion,
    string? Reason = null,
    Diagnostic? Diagnostic = null,
    string? Code = null,
    RetryCauses Cause = RetryCauses.None)
{
    /// <summary>How long the unit rests before it is tried again; null: this was its last attempt.</summary>
    public TimeSpan? Rest { get; init; }

    /// <summary>It took more time or memory than it may: so will those that are as large.</summary>
    public bool BreaksLimit { get; init; }

    /// <summary>It is queued again, as if this attempt had not been.</summary>
    public bool IsPreempted { get; init; }

    /// <summary>With a rest: what it holds stays held meanwhile, as nobody knows the state that it is in (rule 18).</summary>
    public bool KeepsLocks => Rest is not null && RetryPolicy.LeavesUnknownState(Cause);
}
