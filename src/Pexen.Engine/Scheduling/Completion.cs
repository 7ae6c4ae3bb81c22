namespace Pexen.Scheduling;

/// <summary>How a running unit ended, as far as others are concerned.</summary>
/// <param name="Provided">What it provides counts as provided.</param>
/// <param name="ReleasesLocks">What it held is free again; otherwise it stays held until the run ends.</param>
/// <param name="CountsAsFailure">It counts for <c>PexenMaxFailures</c> (rule 21).</param>
/// <param name="Failed">It is a failure to those who clean up only after one.</param>
internal readonly record struct Completion(bool Provided, bool ReleasesLocks, bool CountsAsFailure, bool Failed = false)
{
    /// <summary>It was up to date, or the like: to finalizers it has not started.</summary>
    public bool DidNotRun { get; init; }

    /// <summary>It succeeded.</summary>
    public static Completion Success { get; } = new(true, true, false);

    /// <summary>It failed by its own word and left its locks in order.</summary>
    public static Completion Failure { get; } = new(false, true, true, true);

    /// <summary>Nobody knows what state it left behind.</summary>
    public static Completion Crash { get; } = new(false, false, true, true);

    /// <summary>It was stopped because the run, or a service that it needs, has ended, or because a limit was broken that it would break as well.</summary>
    public static Completion Stopped { get; } = new(false, true, false, true);

    /// <summary>It did not apply here: nothing is provided and nothing failed.</summary>
    public static Completion NotApplicable { get; } = new(false, true, false);
}
