using System.Runtime.Versioning;
using Pexen.Execution.Workers;

namespace Pexen.Execution.Local;

/// <summary>
/// What the Linux executor knows of an attempt under way. Its exit, the end of its tree and the end of its output are three events;
/// it is over when all have come.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class Attempt(Launch launch, int sequence)
{
    public const long Never = long.MaxValue;

    public Launch Launch { get; } = launch;

    /// <summary>Counts the attempts of this executor from 1.</summary>
    public int Sequence { get; } = sequence;

    /// <summary>The process that we started. Its id is also that of its session and group.</summary>
    public int Leader { get; set; }

    public int ProcessDescriptor { get; set; } = -1;

    /// <summary>The leader, where it is a worker that runs a method.</summary>
    public LinuxWorker? Worker { get; init; }

    /// <summary>What the worker answered: the method has come back.</summary>
    public WorkerReply? Reply { get; set; }

    /// <summary>Standard output and error, or both in the first; null when closed.</summary>
    public OutputPipe?[] Pipes { get; } = new OutputPipe?[2];

    public OutputLog Log { get; } = new(launch.Log, launch.LogLimit);

    public bool Exited { get; private set; }

    public int Status { get; private set; }

    /// <summary>We asked for its end while it ran.</summary>
    public bool Stopped { get; set; }

    public string? OutputFailure { get; set; }

    /// <summary>A stop that was asked for and not yet begun: its grace in milliseconds.</summary>
    public long? PendingStop { get; set; }

    /// <summary>The tree has been asked to end.</summary>
    public bool Ending { get; set; }

    /// <summary>The signal that the leader's tree was last told at once, and who of it was told outside of the leader's group.</summary>
    public int Struck { get; set; }

    public long StruckAt { get; set; }

    public IReadOnlyCollection<int> StruckOutside { get; set; } = [];

    public bool TreeGone { get; set; }

    /// <summary>When to look at it again, and the points of time that this depends on, in milliseconds of the executor's clock.</summary>
    public long Due { get; set; } = Never;

    public long KillAt { get; set; } = Never;

    public long SettleUntil { get; set; }

    /// <summary>Looks in a row that found nobody although the kernel's list named somebody.</summary>
    public int EmptyWalks { get; set; }

    public int Rounds { get; set; }

    public List<string> Survivors { get; } = [];

    public UsedResources Used { get; } = new();

    /// <summary>The folder of its control group, or null.</summary>
    public string? Group { get; set; }

    public BrokenCap? BrokenCap { get; set; }

    /// <summary>The most memory that was seen while it ran, or null where nobody looked.</summary>
    public long? MeasuredMemory { get; set; }

    /// <summary>Processor time that its worker had used before the call.</summary>
    public TimeSpan UsedBefore { get; init; }

    /// <summary>The method has come back, but its worker is not to be used again: we have asked it to end, or the method has closed its output.</summary>
    public bool EndsWorker => Stopped || Pipes[0] is null || (Worker is { Separate: true } && Pipes[1] is null);

    /// <summary>The variables that tell its processes from all others.</summary>
    public string[] EnvironmentMark => field ??=
    [
        $"{ChildEnvironment.RunId}={ProgramLookup.Value(Launch, ChildEnvironment.RunId) ?? "\uffff"}",
        $"{ChildEnvironment.Unit}={ProgramLookup.Value(Launch, ChildEnvironment.Unit) ?? "\uffff"}",
    ];

    public void Exit(int status)
    {
        Exited = true;
        Status = status;
    }

    public AttemptEnd Finish()
    {
        Log.Close();
        int signal = Reply is null ? Status & 0x7f : 0;
        int code = Reply is null ? (Status >> 8) & 0xff : 0;
        return new AttemptEnd
        {
            Unit = Launch.Unit,
            ExitCode = signal == 0 && Reply?.Failure is null ? code : null,
            Signal = signal == 0 ? null : signal,
            StartFailure = Reply?.NotStarted ?? (Worker is { Ready: false } && !Stopped ? WhyNotReady(signal, code) : null),
            CameBack = Reply is not null,
            MethodFailure = Reply?.Failure,
            Stopped = Stopped,
            OutputFailure = OutputFailure ?? Log.Failure,
            OutputBytes = Log.Bytes,
            OutputLeftOut = Log.LeftOut,
            Survivors = [.. Survivors],
            BrokenCap = BrokenCap,
            PeakMemory = Used.PeakWith(MeasuredMemory),
            ProcessorTime = Used.Processor,
        };
    }

    private static string WhyNotReady(int signal, int code) =>
        $"its worker process ended {(signal == 0 ? $"with exit code {code}" : $"by signal {signal}")} before it was ready";
}
