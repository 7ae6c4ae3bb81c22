namespace Pexen.Records;

/// <summary>One time a unit was started.</summary>
/// <param name="StartedAt">UTC.</param>
/// <param name="FinishedAt">UTC, or null where the end was not seen.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="ExitCode">Or null.</param>
/// <param name="Signal">Or null.</param>
/// <param name="Log">Relative to the record, or null where it wrote nothing.</param>
public sealed record AttemptRecord(DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, string Outcome, int? ExitCode, int? Signal, string? Log);
