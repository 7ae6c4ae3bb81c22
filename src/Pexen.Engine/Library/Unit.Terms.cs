using Pexen.Library;

namespace Pexen;

public sealed partial record Unit
{
    private UnitTerms? _terms;

    /// <summary>
    /// Of a process or a method: it is stopped, as on a timeout, when it has written nothing for so long; null is what <see cref="SchedulerOptions.DefaultIdleTimeout"/> says, zero
    /// is no limit. Silence is measured by the clock of the system.
    /// </summary>
    public TimeSpan? IdleTimeout
    {
        get => Terms.IdleTimeout;
        init => _terms = Terms with { IdleTimeout = value };
    }

    /// <summary>
    /// When it is said that an attempt still runs, again and again: by <see cref="SchedulerOptions.OnSlow"/>, and once in <see cref="Scheduler.Warnings"/>. Null is what
    /// <see cref="SchedulerOptions.SlowAfter"/> says, zero is never.
    /// </summary>
    public TimeSpan? SlowAfter
    {
        get => Terms.SlowAfter;
        init => _terms = Terms with { SlowAfter = value };
    }

    /// <summary>
    /// How often it is tried again when an attempt goes wrong in a way that <see cref="RetryOn"/> or <see cref="RetryOnExitCodes"/> names, at most 1000 times; null is what
    /// <see cref="SchedulerOptions.DefaultRetries"/> says. If it succeeds at last it is <see cref="Outcome.Flaky"/>. Between two attempts it occupies no slot, and holds
    /// nothing unless the last one crashed.
    /// </summary>
    public int? Retries
    {
        get => Terms.Retries;
        init => _terms = Terms with { Retries = value };
    }

    /// <summary>How long it rests before it is tried again, at most 5 minutes.</summary>
    public TimeSpan RetryDelay
    {
        get => Terms.RetryDelay;
        init => _terms = Terms with { RetryDelay = value };
    }

    /// <summary>What <see cref="RetryDelay"/> is multiplied with after each further attempt, at least 1; the delay does not grow above 5 minutes.</summary>
    public double RetryBackoff
    {
        get => Terms.RetryBackoff;
        init => _terms = Terms with { RetryBackoff = value };
    }

    /// <summary>
    /// In which ways an attempt has to go wrong for another to follow: by default a failure, a timeout or a crash, of which an exception is one.
    /// A <see cref="ControlledFailureException"/> is none of them, and a delegate that had to be abandoned is never tried again, for it may still be at work.
    /// </summary>
    public RetryCauses RetryOn
    {
        get => Terms.RetryOn;
        init => _terms = Terms with { RetryOn = value };
    }

    /// <summary>Of a process: exit codes after which it is tried again besides, like <c>75</c> or <c>100-110</c>.</summary>
    public IReadOnlyCollection<string> RetryOnExitCodes
    {
        get => Terms.RetryOnExitCodes;
        init => _terms = Terms with { RetryOnExitCodes = NotNull(value) };
    }

    /// <summary>How long all its attempts and the delays between them may take together; null or zero is no limit. What it waits for others is not counted.</summary>
    public TimeSpan? TotalTimeout
    {
        get => Terms.TotalTimeout;
        init => _terms = Terms with { TotalTimeout = value };
    }

    /// <summary>How long it waits, once, from when it could start; it holds nothing meanwhile.</summary>
    public TimeSpan StartDelay
    {
        get => Terms.StartDelay;
        init => _terms = Terms with { StartDelay = value };
    }

    /// <summary>
    /// What it means when its own <see cref="Timeout"/> has passed. <see cref="TimeoutMeaning.Pass"/>: it succeeds, unless it then throws a
    /// <see cref="ControlledFailureException"/>, or has to be abandoned.
    /// </summary>
    public TimeoutMeaning OnTimeout
    {
        get => Terms.OnTimeout;
        init => _terms = Terms with { OnTimeout = value };
    }

    /// <summary>
    /// Of a process or a method: the bytes of memory that it and all it starts may have together (<see cref="SchedulerOptions.MemoryKind"/>), at least 1,000,000; null or 0 is no limit. Looked at
    /// every 100 ms, less often where looking takes long; above it the unit is stopped as on a timeout, and has failed with PEX3010, which is a crash that only <see cref="RetryCauses.Memory"/> tries again.
    /// A delegate shares the memory of the program, so it cannot have one.
    /// </summary>
    public long? MemoryLimit
    {
        get => Terms.MemoryLimit;
        init => _terms = Terms with { MemoryLimit = value };
    }

    /// <summary>Of a process or a method: whether it may be stopped and queued again where all together have more than <see cref="SchedulerOptions.MemoryLimit"/>.</summary>
    public bool Preemptible
    {
        get => Terms.Preemptible;
        init => _terms = Terms with { Preemptible = value };
    }

    /// <summary>
    /// Names of the units that it cleans up after: it runs when they and all that needs them have ended, whatever happened, if one of them started; also after a cancellation, a timeout of the run,
    /// and <see cref="FailurePolicy.FailFast"/>. It may take what they still hold after a crash, and its success frees that. It inherits what they wrote, whatever became of them.
    /// Not for units that are added during a run.
    /// </summary>
    public IReadOnlyCollection<string> Finalizes
    {
        get => Terms.Finalizes;
        init => _terms = Terms with { Finalizes = NotNull(value) };
    }

    /// <summary>Of a finalizer: whether it runs always, or only if one of the units that it <see cref="Finalizes"/> did not succeed. Where it does not run it is <see cref="Outcome.NotNeeded"/>.</summary>
    public FinalizesOn FinalizesOn
    {
        get => Terms.FinalizesOn;
        init => _terms = Terms with { FinalizesOn = value };
    }

    /// <summary>Whether it says anything of all this.</summary>
    internal bool HasTerms => _terms is not null;

    internal UnitTerms Terms => _terms ?? UnitTerms.Nothing;
}
