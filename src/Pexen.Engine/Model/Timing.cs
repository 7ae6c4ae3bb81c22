namespace Pexen.Model;

/// <summary>What a unit says of time besides its <c>Timeout</c>: how long it may be silent, when it is slow, when and how often it is tried again.</summary>
internal sealed record Timing
{
    /// <summary>That of units that say nothing.</summary>
    public static Timing Default { get; } = new();

    /// <summary>No longer than this passes between two attempts, however often the delay was multiplied.</summary>
    public static TimeSpan LongestRetryDelay { get; } = TimeSpan.FromMinutes(5);

    /// <summary>No output for this long; null is no limit.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>Bounds all attempts and the delays between them; null is no limit.</summary>
    public TimeSpan? TotalTimeout { get; init; }

    /// <summary>When it is said that an attempt still runs, again and again; null is never.</summary>
    public TimeSpan? SlowAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Once, after it became ready.</summary>
    public TimeSpan StartDelay { get; init; }

    public TimeoutMeaning OnTimeout { get; init; }

    /// <summary>Further attempts.</summary>
    public int Retries { get; init; }

    public TimeSpan RetryDelay { get; init; }

    /// <summary>What the delay is multiplied with after each further attempt, at least 1.</summary>
    public double RetryBackoff { get; init; } = 1;

    public RetryCauses RetryOn { get; init; } = RetryCauses.Failure | RetryCauses.Timeout | RetryCauses.Crash;

    /// <summary>Exit codes after which it is tried again besides.</summary>
    public ExitCodes RetryOnExitCodes { get; init; } = ExitCodes.None;
}
