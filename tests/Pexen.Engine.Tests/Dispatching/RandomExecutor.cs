using Pexen.Execution;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>Plays processes that end when and as a seed says, on a clock of its own.</summary>
internal sealed class RandomExecutor(Random random, ManualTime time) : IExecutor
{
    private readonly List<(Launch Launch, TimeSpan At, bool Stopped)> _running = [];
    private readonly int _trouble = random.Next(0, 4);
    private readonly Dictionary<int, long> _memory = [];
    private bool _woken;

    /// <summary>Called before each wait: the state on disk is what a kill would leave now.</summary>
    public Action? OnWait { get; set; }

    private TimeSpan Now => time.GetElapsedTime(0);

    public void Start(Launch launch) => _running.Add((launch, Now + TimeSpan.FromMilliseconds(random.Next(0, 2500)), false));

    public void Stop(int unit, TimeSpan grace)
    {
        int place = _running.FindIndex(one => one.Launch.Unit == unit);
        if (place >= 0)
        {
            (Launch launch, TimeSpan at, _) = _running[place];
            TimeSpan end = Now + (grace * random.NextDouble());
            _running[place] = (launch, end < at ? end : at, true);
        }
    }

    public AttemptEnd? Wait(TimeSpan? limit)
    {
        OnWait?.Invoke();
        if (_woken)
        {
            _woken = false;
            return null;
        }

        int next = Enumerable.Range(0, _running.Count).DefaultIfEmpty(-1).MinBy(index => index < 0 ? TimeSpan.Zero : _running[index].At);
        if (next < 0 || (limit is TimeSpan most && _running[next].At - Now > most))
        {
            time.Advance(limit ?? throw new InvalidOperationException("The dispatcher waits for ever."));
            return null;
        }

        (Launch launch, TimeSpan at, bool stopped) = _running[next];
        _running.RemoveAt(next);
        time.Advance(at > Now ? at - Now : TimeSpan.Zero);
        return End(launch, stopped);
    }

    public AttemptActivity? ActivityOf(int unit, bool withProcesses) => new(TimeSpan.FromMilliseconds(random.Next(1500)), ["sleep (4713) 0.1s"]);

    public long[] MeasureMemory(ReadOnlySpan<int> units, ReadOnlySpan<long> exactlyAbove, MemoryKind kind)
    {
        long[] bytes = new long[units.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            // Who looks again, and closely, sees the same.
            if (exactlyAbove[i] > 0)
            {
                _memory[units[i]] = random.Next(20) == 0 ? random.NextInt64(2_000_000_000) : random.NextInt64(10_000_000);
            }

            bytes[i] = _memory[units[i]];
        }

        return bytes;
    }

    public void Wake() => _woken = true;

    public IReadOnlyList<string> Sweep() => random.Next(10) == 0 ? ["sleep (4711)"] : [];

    public void Dispose()
    {
    }

    private AttemptEnd End(Launch launch, bool stopped)
    {
        var end = new AttemptEnd { Unit = launch.Unit, Stopped = stopped };
        if (random.Next(3) == 0)
        {
            File.WriteAllText(launch.Log, "said\n");
            end = end with { OutputBytes = 5 };
        }

        if (stopped && random.Next(4) > 0)
        {
            return end with { Signal = random.Next(2) == 0 ? 15 : 9 };
        }

        int fate = random.Next(20);
        return fate >= _trouble * 4 ? end with { ExitCode = 0 } : (fate % 8) switch
        {
            0 => end with { ExitCode = 3 },
            1 => end with { ExitCode = 4 },
            2 => end with { ExitCode = 139 },
            3 => end with { Signal = 11 },
            4 => new AttemptEnd { Unit = launch.Unit, StartFailure = "its program 'true' was not found" },
            5 => end with { ExitCode = 0, OutputFailure = "the disk is full", Stopped = true },
            6 => end with { ExitCode = 0, Survivors = ["sleep (4712)"] },
            _ => end with { ExitCode = 1 },
        };
    }
}
