using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Pexen.Execution.Dispatching;
using Pexen.Library;
using Pexen.Records;

namespace Pexen;

/// <summary>
/// Runs units in order, in parallel and under locks. May run any number of times, each time all units, but only one run at a time.
/// All members may be called from any thread.
/// </summary>
public sealed partial class Scheduler
{
    private readonly Lock _gate = new();
    private readonly SchedulerOptions _options;
    private PreparedPlan? _prepared;
    private UnitsRun? _run;
    private bool _underWay;

    /// <summary>A scheduler of these units. All that is wrong with them is found here.</summary>
    /// <param name="units">In the order of declaration, which decides where nothing else does.</param>
    /// <param name="options">What holds for all; null is the default of everything.</param>
    /// <exception cref="PlanException">The units make no plan.</exception>
    /// <exception cref="ArgumentException">A unit is null.</exception>
    public Scheduler(IEnumerable<Unit> units, SchedulerOptions? options = null)
    {
        _options = options ?? new SchedulerOptions();
        Take(WithoutNull(units));
        _prepared = PreparedPlan.Make([.. _units], _options);
    }

    /// <summary>
    /// What there is to say that stops nobody: of the plan (what is provided and never required, slots that there are not), and of the last run (units skipped
    /// and because of what, resources held to the end, units that disagree about a shared value).
    /// </summary>
    public IReadOnlyList<DiagnosticRecord> Warnings
    {
        get
        {
            lock (_gate)
            {
                ImmutableArray<Diagnostic> notes = _run?.Notes ?? _prepared?.Warnings ?? [];
                return [.. notes.Select(DiagnosticText.ToRecord)];
            }
        }
    }

    /// <summary>
    /// What was chosen where several units could meet a requirement, and why, in sentences such as <c>db: pg16 16.3; not sqlite 3.40, lower version</c>; of
    /// the units as they are now, those added during a run not among them.
    /// </summary>
    /// <exception cref="PlanException">The units, with those that were added, make no plan.</exception>
    public IReadOnlyList<string> Choices
    {
        get
        {
            lock (_gate)
            {
                return Prepare().Plan.Choices;
            }
        }
    }

    /// <summary>
    /// Runs all units. The run begins when the first result is asked for; results come in the order in which units end, while others run, exactly one for each
    /// unit, also for those that were skipped. Leaving the loop early ends the run and everything in it.
    /// </summary>
    /// <param name="cancellationToken">
    /// Ends the run: what runs is asked to end, what waits is not started. The results of all are given, and then <see cref="OperationCanceledException"/> is thrown.
    /// </param>
    /// <exception cref="InvalidOperationException">A run is under way.</exception>
    /// <exception cref="PlanException">The units, with those that were added, make no plan. Thrown by the call itself.</exception>
    public IAsyncEnumerable<UnitResult> RunAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            ThrowIfUnderWay();
            Prepare();
        }

        return ReadAsync(cancellationToken);
    }

    /// <summary>What goes on at this moment, or how the last run ended.</summary>
    /// <param name="waitingShown">How many of the waiting units are described; the counts are of all. To describe one takes a look at all that run.</param>
    public SchedulerSnapshot Snapshot(int waitingShown = 100)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(waitingShown);
        UnitsRun? run;
        int total;
        lock (_gate)
        {
            run = _run;
            total = _prepared?.Units.Length ?? _units.Count;
        }

        return run?.Snapshot(waitingShown) ?? new SchedulerSnapshot { Total = total };
    }

    private async IAsyncEnumerable<UnitResult> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        UnitsRun run = Begin();
        try
        {
            using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
                static state => ((UnitsRun)state!).Stop(StopReason.Cancelled), run);
            run.Begin();
            while (await run.Results.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
            {
                while (run.Results.TryRead(out UnitResult? result))
                {
                    yield return result;
                }
            }

            if (run.WasCancelled)
            {
                throw new OperationCanceledException(cancellationToken);
            }
        }
        finally
        {
            // Here also when whoever reads went away: then it is this that ends the run.
            run.Stop(StopReason.Cancelled);
            await run.Finished.ConfigureAwait(false);
            lock (_gate)
            {
                _underWay = false;
            }
        }
    }

    private UnitsRun Begin()
    {
        lock (_gate)
        {
            ThrowIfUnderWay();
            _run = new UnitsRun(Prepare(), _options);
            _underWay = true;
            return _run;
        }
    }

    private void ThrowIfUnderWay()
    {
        if (_underWay)
        {
            throw new InvalidOperationException("A run of this scheduler is under way. Wait for its end, or use another scheduler.");
        }
    }

    private PreparedPlan Prepare() => _prepared ??= PreparedPlan.Make([.. _units], _options);
}
