namespace Pexen.Records;

/// <summary>A command of a group that ran.</summary>
/// <param name="Hook"><c>OnStarted</c>, <c>OnSucceeded</c> or <c>OnFinished</c>.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="FinishedAt">When it had ended.</param>
/// <param name="ExitCode">Its exit code; null where a signal ended it, or it could not be started.</param>
/// <param name="Signal">The signal that ended it, or null.</param>
/// <param name="Log">What it wrote, relative to the record; null for nothing.</param>
public sealed record GroupHookRecord(string Hook, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, int? ExitCode, int? Signal, string? Log);
