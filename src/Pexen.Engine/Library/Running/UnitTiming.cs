namespace Pexen.Library;

/// <summary>What a unit says of time besides its <c>Timeout</c>, as it was said. Apart from the unit, so that the many that say nothing are no larger for it.</summary>
internal sealed record UnitTiming
{
    public static UnitTiming Nothing { get; } = new();

    public TimeSpan? IdleTimeout { get; init; }

    public TimeSpan? SlowAfter { get; init; }

    public int? Retries { get; init; }

    public TimeSpan RetryDelay { get; init; }

    public double RetryBackoff { get; init; } = 1;

    public RetryCauses RetryOn { get; init; } = RetryCauses.Failure | RetryCauses.Timeout | RetryCauses.Crash;

    public IReadOnlyCollection<string> RetryOnExitCodes { get; init; } = [];

    public TimeSpan? TotalTimeout { get; init; }

    public TimeSpan StartDelay { get; init; }

    public TimeoutMeaning OnTimeout { get; init; }
}
