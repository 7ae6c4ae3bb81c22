using Pexen.Library;

namespace Pexen;

/// <summary>
/// One thing to be done: a delegate, a process, a method in a worker process, or nothing (a milestone). Made by <see cref="Create(string, Action)"/>,
/// <see cref="Process"/>, <see cref="Method(string, Delegate, object?[])"/> or <see cref="Milestone"/>; everything else is said in a <c>with</c> expression. Immutable, and may be given to several schedulers.
/// Texts have the forms of the project file; wrong ones are reported by <see cref="Scheduler"/>, all together, as a <see cref="PlanException"/>.
/// </summary>
public sealed partial record Unit
{
    private Unit(string name, UnitWork work)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        Work = work;
    }

    /// <summary>Unique in a scheduler, compared without case. It is also something that the unit provides.</summary>
    public string Name { get; }

    /// <summary>What is there when the unit succeeds: <c>name</c> or <c>name version</c>.</summary>
    public IReadOnlyCollection<string> Provides { get; init => field = NotNull(value); } = [];

    /// <summary>What must be there before it starts: <c>name</c> or <c>name range</c> (NuGet ranges). Every matching provider must have provided.</summary>
    public IReadOnlyCollection<string> Requires { get; init => field = NotNull(value); } = [];

    /// <summary>Of each entry, <c>a</c> or <c>a|b</c>, the first provider to provide is enough.</summary>
    public IReadOnlyCollection<string> RequiresAny { get; init => field = NotNull(value); } = [];

    /// <summary>If such a provider is in the plan: start after it has ended, however it ended.</summary>
    public IReadOnlyCollection<string> After { get; init => field = NotNull(value); } = [];

    /// <summary>
    /// Planned only if something planned requires what it provides; of several that could meet a requirement the best is: the highest version, then the lowest
    /// <see cref="Priority"/>, then the one declared first. Otherwise it has no part in a run, and no result. Not for units that are added during a run.
    /// </summary>
    public bool OnDemand { get; init; }

    /// <summary>Of units that are ready, those with a lower number start first.</summary>
    public int Priority { get; init; }

    /// <summary>Resources held alone while it runs. A resource is a path: holding <c>net</c> covers <c>net/ipv4</c>.</summary>
    public IReadOnlyCollection<string> Claims { get; init => field = NotNull(value); } = [];

    /// <summary>Resources held together with other users; of a counted one <c>gpu*2</c> takes two tokens.</summary>
    public IReadOnlyCollection<string> Uses { get; init => field = NotNull(value); } = [];

    /// <summary>How many slots it occupies, at least 1. More than there are is as many as there are.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>The <see cref="UnitGroup"/> of <see cref="SchedulerOptions.Groups"/> that it belongs to, or null.</summary>
    public string? Group { get; init; }

    /// <summary>
    /// How long an attempt may take; null is what <see cref="SchedulerOptions.DefaultTimeout"/> says, zero is no limit. When it is over a process is stopped; a delegate is asked by its
    /// <see cref="UnitContext.CancellationToken"/>, and abandoned if it does not end within <see cref="GracePeriod"/>.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long it may take to end when asked to; null is what <see cref="SchedulerOptions.GracePeriod"/> says.</summary>
    public TimeSpan? GracePeriod { get; init; }

    /// <summary>What it leaves behind when it fails by its own word: a process with another exit code, or one that could not be started.</summary>
    public Aftermath OnFailure { get; init; } = Aftermath.ReleaseLocks;

    /// <summary>What it leaves behind after an exception, a signal or a timeout. By default what it held stays held until the run ends.</summary>
    public Aftermath OnCrash { get; init; } = Aftermath.None;

    /// <summary>What a <see cref="ControlledFailureException"/>, or a controlled exit code, may leave behind at most.</summary>
    public Aftermath OnControlledFailure { get; init; } = Aftermath.ReleaseLocks | Aftermath.Provide;

    /// <summary>Its failure does not count for <see cref="FailurePolicy.FailFast"/>.</summary>
    public bool ContinueOnError { get; init; }

    /// <summary>Values for the delegate, found in <see cref="UnitContext.Arguments"/>. Only for delegates that take a context.</summary>
    public IReadOnlyDictionary<string, object?> Arguments { get; init => field = NotNull(value); } = NoValues.Dictionary;

    /// <summary>Of a process: exit codes that are a success, like <c>0</c> or <c>0-7</c>; empty is 0.</summary>
    public IReadOnlyCollection<string> SuccessExitCodes { get; init => field = NotNull(value); } = [];

    /// <summary>Of a process: exit codes that mean "not applicable here"; the unit is <see cref="Outcome.Skipped"/>.</summary>
    public IReadOnlyCollection<string> SkipExitCodes { get; init => field = NotNull(value); } = [];

    /// <summary>Of a process: exit codes of a failure that left things in order.</summary>
    public IReadOnlyCollection<string> ControlledExitCodes { get; init => field = NotNull(value); } = [];

    /// <summary>Of a process or a method: where it runs; null is the current directory when the run starts.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Of a process or a method: variables besides those that it inherits.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init => field = NotNull(value); } = NoValues.Variables;

    internal UnitWork Work { get; }

    private static T NotNull<T>(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value;
    }
}
