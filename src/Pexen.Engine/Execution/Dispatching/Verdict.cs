using Pexen.Scheduling;

namespace Pexen.Execution.Dispatching;

/// <summary>What the end of an attempt means.</summary>
/// <param name="Outcome">How the unit ended.</param>
/// <param name="Completion">What others see of it.</param>
/// <param name="Reason">In a word or two, or null.</param>
/// <param name="Diagnostic">What to say, or null.</param>
/// <param name="Code">The diagnostic's code where another one says it for the whole run.</param>
internal sealed record Verdict(Outcome Outcome, Completion Completion, string? Reason = null, Diagnostic? Diagnostic = null, string? Code = null);
