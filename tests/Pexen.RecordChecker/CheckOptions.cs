namespace Pexen.RecordChecking;

/// <summary>What the caller vouches for, because a record does not say it.</summary>
public sealed record CheckOptions
{
    /// <summary>Units whose failure provides (<c>OnFailure</c>, <c>OnCrash</c> with <c>Provide</c>).</summary>
    public IReadOnlyCollection<string> ProvideOnFailure { get; init; } = [];

    /// <summary>Units under <c>ContinueOnError</c>: their failure neither fails the run nor counts for <c>FailFast</c>.</summary>
    public IReadOnlyCollection<string> ContinueOnError { get; init; } = [];

    /// <summary><c>PexenMaxFailures</c>, where the <c>run</c> event does not say it.</summary>
    public int MaxFailures { get; init; } = 1;

    /// <summary>The folder of the record, when the log files that it names must exist; else null.</summary>
    public string? LogFolder { get; init; }
}
