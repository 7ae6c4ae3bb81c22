using System.Collections.Immutable;
using Pexen.Execution.Dispatching;
using Pexen.Execution.Exchange;
using Pexen.Model;
using Pexen.Records;
using Pexen.Values;

namespace Pexen.Library;

/// <summary>A unit that was granted its slots and resources, until its end. A work item of the thread pool, so that starting one makes no task.</summary>
internal sealed class UnitAttempt(UnitsRun run, Unit unit, UnitDefinition definition, int index, int slot, int slots) : IThreadPoolWorkItem
{
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> NoInstances = ImmutableDictionary<string, IReadOnlyList<string>>.Empty;

    private static readonly ContextCallback Call = static state => ((UnitAttempt)state!).CallDelegate();

    private CancellationTokenSource? _ownToken;
    private UnitContext? _context;
    private object? _returned;
    private Exception? _thrown;
    private SharedDictionary? _writtenShared;
    private IReadOnlyList<ResultRecord> _results = [];

    public Unit Unit => unit;

    public UnitDefinition Definition => definition;

    public int Index => index;

    public int Slot => slot;

    public int Slots => slots;

    public bool IsProcess => unit.Work is LaunchedWork;

    /// <summary>Of what was before it, if anything was.</summary>
    public UnitHistory? History { get; init; }

    /// <summary>Counted from 1. It does not change while this runs.</summary>
    public int Number => History is null ? 1 : History.Ended.Count + 1;

    /// <summary>Since the start of the run.</summary>
    public TimeSpan Started { get; init; }

    public ValueSet<SharedValue> Inherited { get; set; } = ValueSet<SharedValue>.Empty;

    /// <summary>Of a process: variables that its providers set, and folders that go before its <c>PATH</c>.</summary>
    public ValueSet<string> InheritedEnvironment { get; set; } = ValueSet<string>.Empty;

    public ImmutableArray<string> InheritedFolders { get; set; } = [];

    /// <summary>Of a process: the name of its log.</summary>
    public string? LogFile { get; set; }

    /// <summary>Of a process: the variables that tell which instances of resources it has.</summary>
    public NamedValue[] InstanceVariables { get; set; } = [];

    /// <summary>Instances of resources that it has.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Instances { get; init; } = NoInstances;

    /// <summary>Its place among those that run; kept by the run.</summary>
    public int Place { get; set; }

    /// <summary>Why it was asked to end, if it was. Written by the run alone.</summary>
    public StopReason Stopping { get; set; }

    /// <summary>It has ended, or was given up. Written by the run alone.</summary>
    public bool IsOver { get; set; }

    /// <summary>Units that end with the run alone share the token of the run.</summary>
    public CancellationToken Token => _ownToken?.Token ?? run.Token;

    public UnitContext? Context => _context;

    /// <summary>What it wrote for others, or null.</summary>
    public SharedDictionary? WrittenShared => _context is null ? _writtenShared : _context.WrittenShared;

    public IReadOnlyList<ResultRecord> Results => _context is null ? _results : _context.WrittenResults?.ToList() ?? [];

    /// <summary>What a process wrote.</summary>
    public void Take(WrittenValues? written)
    {
        if (written is null)
        {
            return;
        }

        _results = written.Results;
        if (written.Shared.Count > 0)
        {
            _writtenShared = MakeShared();
            foreach ((string key, string value) in written.Shared)
            {
                _writtenShared[key] = value;
            }
        }
    }

    public SharedDictionary MakeShared() => new(unit.Name, Inherited, run.Presets);

    /// <summary>It may be asked to end before the run is: it gets a token of its own.</summary>
    public void PrepareToken() => _ownToken ??= new CancellationTokenSource();

    /// <summary>Lets the delegate know. What its callbacks do is not waited for.</summary>
    public void SignalToken() => _ = _ownToken?.CancelAsync();

    /// <summary>On a thread of the pool: runs this unit, and then, as long as its end lets others start, one of those.</summary>
    public void Execute()
    {
        try
        {
            for (UnitAttempt? next = this; next is not null;)
            {
                next = next.RunOne();
            }
        }
        catch (Exception problem)
        {
            run.Break(problem);
        }
    }

    private UnitAttempt? RunOne()
    {
        if (_returned is Task)
        {
            return Finish();
        }

        if (IsOver || Stopping != StopReason.None)
        {
            return run.End(this, default);
        }

        var work = (DelegateWork)unit.Work;
        _context = work.TakesContext ? new UnitContext(this) : null;
        if (run.Ambient is ExecutionContext ambient)
        {
            // What one delegate leaves in the context of the thread is not there for the next.
            ExecutionContext.Run(ambient, Call, this);
        }
        else
        {
            CallDelegate();
        }

        if (_returned is not Task { IsCompleted: false } task)
        {
            return Finish();
        }

        // The end of the task may come on a thread that is not ours to keep: from there back to the pool.
        task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false));
        return null;
    }

    private void CallDelegate()
    {
        try
        {
            _returned = ((DelegateWork)unit.Work).Call(_context);
        }
        catch (Exception exception)
        {
            _thrown = exception;
        }
    }

    private UnitAttempt? Finish()
    {
        object? value = _returned;
        if (value is Task task)
        {
            try
            {
                task.GetAwaiter().GetResult();
                value = ((DelegateWork)unit.Work).ValueOf(task);
            }
            catch (Exception exception)
            {
                _thrown = exception;
            }
        }

        return run.End(this, _thrown is null ? new UnitEnd(value, null) : new UnitEnd(null, new ExceptionInfo(_thrown)));
    }
}
