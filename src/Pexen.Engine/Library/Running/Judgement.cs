using Pexen.Scheduling;

namespace Pexen.Library;

/// <summary>What the end of a unit means.</summary>
/// <param name="Outcome">How the unit ended.</param>
/// <param name="Completion">What others see of it.</param>
/// <param name="Code">The code of what went wrong, or null.</param>
/// <param name="Reason">In a word or two, or null.</param>
/// <param name="Message">In sentences, or null.</param>
/// <param name="Cause">In which way it went wrong, as far as another attempt depends on it.</param>
internal readonly record struct Judgement(
    Outcome Outcome, Completion Completion, string? Code = null, string? Reason = null, string? Message = null, RetryCauses Cause = RetryCauses.None)
{
    /// <summary>It is queued again, as if this attempt had not been.</summary>
    public bool IsPreempted { get; init; }
}
