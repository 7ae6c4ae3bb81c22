namespace Pexen.Records;

/// <summary>A run whose supervisor was lost, and whose record has been completed since.</summary>
/// <param name="Record">The record, with outcome <c>Interrupted</c>.</param>
/// <param name="Lost">How many units had not ended.</param>
/// <param name="Killed">Names and ids of processes it had left running, ended now.</param>
internal sealed record RecoveredRun(RunRecord Record, int Lost, IReadOnlyList<string> Killed)
{
    /// <summary>PEX3009, a warning: what failed the build that lost it is said besides.</summary>
    public Diagnostic ToDiagnostic() => Diagnostics.RunInterrupted(Record.RunId, Lost, Killed);
}
