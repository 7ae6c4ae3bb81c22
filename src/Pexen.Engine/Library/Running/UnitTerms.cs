namespace Pexen.Library;

/// <summary>What a unit says of attempts, time, memory and clean-up besides its <c>Timeout</c>, as it was said. Apart from the unit, so that the many that say nothing are no larger for it.</summary>
internal sealed record UnitTerms
{
    public static UnitTerms Nothing { get; } = new();

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

    public long? MemoryLimit { get; init; }

    public IReadOnlyCollection<string> Finalizes { get; init; } = [];

    public FinalizesOn FinalizesOn { get; init; }

    public bool Preemptible { get; init; } = true;
}
