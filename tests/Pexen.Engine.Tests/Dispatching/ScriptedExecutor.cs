using Pexen.Execution;
using Pexen.Execution.Dispatching.Groups;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>Plays processes that take the time and end as a script says, on a clock of its own.</summary>
internal sealed class ScriptedExecutor(ManualTime time) : IExecutor
{
    private readonly Dictionary<string, Act[]> _acts = new();
    private readonly PriorityQueue<(Launch Launch, AttemptEnd End), (TimeSpan At, int Order)> _ends = new();
    private readonly HashSet<Launch> _ended = new(ReferenceEqualityComparer.Instance);
    private readonly TimeSpan _begin = TimeSpan.Zero;
    private bool _woken;
    private int _order;

    public List<Launch> Started { get; } = [];

    public List<(string Unit, TimeSpan Grace)> Stopped { get; } = [];

    /// <summary>A unit that has ended by itself when it is to be stopped, though nobody has heard of it yet.</summary>
    public string? EndsFirst { get; set; }

    public IReadOnlyList<string> LeftBehind { get; init; } = [];

    /// <summary>Called when a unit starts, for whatever its process would do.</summary>
    public Action<Launch>? OnStart { get; set; }

    /// <summary>What a running unit does, when it is asked.</summary>
    public Func<string, AttemptActivity?> Activity { get; set; } = _ => null;

    /// <summary>What becomes of a unit; others end with 0 after a second.</summary>
    public void Let(string unit, TimeSpan takes, AttemptEnd end, string? writes = null) => _acts[unit] = [new Act(takes, end, writes)];

    /// <summary>The same for its attempts, one after the other; the last of these holds for all further ones. Each takes a second.</summary>
    public void LetAttempts(string unit, params ReadOnlySpan<AttemptEnd> ends)
    {
        List<Act> acts = [];
        foreach (AttemptEnd end in ends)
        {
            acts.Add(new Act(TimeSpan.FromSeconds(1), end, end.OutputBytes > 0 ? "said" : null));
        }

        _acts[unit] = [.. acts];
    }

    public void Let(string unit, int exitCode) => Let(unit, TimeSpan.FromSeconds(1), new AttemptEnd { Unit = 0, ExitCode = exitCode });

    /// <summary>How a command ends that asks whether a service is ready.</summary>
    public Func<Launch, AttemptEnd>? Probe { get; set; }

    public void Start(Launch launch)
    {
        if (IsProbe(launch.Unit))
        {
            _ends.Enqueue((launch with { }, Probe!(launch) with { Unit = launch.Unit }), (Now + TimeSpan.FromMilliseconds(20), _order++));
            return;
        }

        Started.Add(launch);
        Act act = _acts.TryGetValue(launch.Name, out Act[]? acts)
            ? acts[Math.Min(Started.Count(one => one.Unit == launch.Unit), acts.Length) - 1]
            : new Act(TimeSpan.FromSeconds(1), new AttemptEnd { Unit = 0, ExitCode = 0 }, null);
        AttemptEnd end = act.End with { Unit = launch.Unit };
        if (act.Writes is not null)
        {
            File.WriteAllText(launch.Log, act.Writes);
            end = end with { OutputBytes = act.Writes.Length };
        }

        _ends.Enqueue((launch, end), (Now + act.Takes, _order++));
        OnStart?.Invoke(launch);
    }

    public void Stop(int unit, TimeSpan grace)
    {
        if (IsProbe(unit))
        {
            return;
        }

        Launch launch = Started.FindLast(one => one.Unit == unit)!;
        Stopped.Add((launch.Name, grace));
        if (launch.Name == EndsFirst)
        {
            return;
        }

        if (_ended.Add(launch))
        {
            long written = File.Exists(launch.Log) ? new FileInfo(launch.Log).Length : 0;
            _ends.Enqueue((launch, new AttemptEnd { Unit = unit, Signal = 15, Stopped = true, OutputBytes = written }), (Now, -1));
        }
    }

    public AttemptEnd? Wait(TimeSpan? limit)
    {
        if (_woken)
        {
            _woken = false;
            return null;
        }

        while (_ends.TryPeek(out (Launch Launch, AttemptEnd End) next, out (TimeSpan At, int Order) at))
        {
            if (!next.End.Stopped && _ended.Contains(next.Launch))
            {
                _ends.Dequeue();
                continue;
            }

            if (limit is TimeSpan span && at.At - Now > span)
            {
                break;
            }

            _ends.Dequeue();
            _ended.Add(next.Launch);
            time.Advance(at.At > Now ? at.At - Now : TimeSpan.Zero);
            return next.End;
        }

        time.Advance(limit ?? throw new InvalidOperationException("The dispatcher waits for ever."));
        return null;
    }

    public AttemptActivity? ActivityOf(int unit, bool withProcesses) => Activity(Started.FindLast(one => one.Unit == unit)!.Name);

    /// <summary>How much memory a running unit has, when it is asked.</summary>
    public Func<string, long> Memory { get; set; } = _ => 0;

    public long[] MeasureMemory(ReadOnlySpan<int> units, ReadOnlySpan<long> exactlyAbove, MemoryKind kind)
    {
        long[] bytes = new long[units.Length];
        for (int i = 0; i < units.Length; i++)
        {
            int unit = units[i];
            bytes[i] = Memory(Started.FindLast(one => one.Unit == unit)!.Name);
        }

        return bytes;
    }

    public void Wake() => _woken = true;

    public IReadOnlyList<string> Sweep() => LeftBehind;

    public void Dispose()
    {
    }

    private static bool IsProbe(int unit) => unit < 0 && !HookRunner.IsNumber(unit);

    private TimeSpan Now => time.GetElapsedTime(_begin.Ticks);

    private sealed record Act(TimeSpan Takes, AttemptEnd End, string? Writes);
}
