using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Pexen.Execution.Workers;
using Pexen.Model;

namespace Pexen.Execution.Local;

/// <summary>
/// Runs units by posix_spawn and waits for all of them in one epoll loop on the caller's thread: a descriptor of the process wakes, wait4 tells the truth.
/// <see cref="System.Diagnostics.Process"/> must not be used in the same process, for it would wait for our children.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe partial class LinuxExecutor : IExecutor
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Strays of running units may die at any time without waking us; they are reaped this often, in milliseconds.</summary>
    private const long ReapEvery = 1000;

    /// <summary>Where the kernel has no descriptors of processes we ask this often, in milliseconds.</summary>
    private const long PollEvery = 5;

    private const ulong WakeNumber = 0;
    private const int KindBits = 2;
    private const ulong ProcessKind = 3;

    private readonly int _host = Libc.GetPid();
    private readonly Spawner _spawner = new();
    private readonly Epoll _epoll = new();
    private readonly int _wake = Libc.EventDescriptor(0, Libc.CloseOnExec);
    private readonly byte* _buffer = (byte*)NativeMemory.Alloc(BufferSize);
    private readonly Family _family;
    private readonly Dictionary<int, Attempt> _bySequence = [];
    private readonly Dictionary<int, Attempt> _byUnit = [];
    private readonly Queue<AttemptEnd> _ends = new();

    /// <summary>Attempts with something due.</summary>
    private readonly List<Attempt> _attention = [];
    private Dictionary<int, ProcessEntry>? _processes;
    private Dictionary<Attempt, List<ProcessEntry>>? _members;
    private int _attempts;
    private long _nextReap;
    private bool _reap;
    private bool _childless;
    private bool _withoutDescriptors;
    private bool _woken;

    /// <param name="workers">How to start a worker for methods, or null where there are none.</param>
    public LinuxExecutor(Func<WorkerStart>? workers = null)
    {
        _makeWorkerStart = workers;
        _family = new Family(_host);
        _epoll.Add(_wake, WakeNumber);
    }

    private static long Now => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);

    public void Start(Launch launch)
    {
        (OutputCopy? output, OutputCopy? error) = OutputCopy.Open(launch);
        if ((output?.Failure ?? error?.Failure) is { } failure)
        {
            output?.Close();
            error?.Close();
            _ends.Enqueue(new AttemptEnd { Unit = launch.Unit, StartFailure = failure });
            return;
        }

        if (launch.Work is MethodWork)
        {
            StartMethod(launch, output, error);
            return;
        }

        var attempt = new Attempt(launch, ++_attempts);
        int* pipes = stackalloc int[4] { -1, -1, -1, -1 };
        bool separate = output is not null || error is not null;
        try
        {
            if (Libc.Pipe2(pipes, Libc.CloseOnExec) != 0 || (separate && Libc.Pipe2(pipes + 2, Libc.CloseOnExec) != 0))
            {
                throw new StartException($"no pipe could be made for its output: {Libc.Message(Libc.LastError)}");
            }

            attempt.Group = MakeGroup(attempt);
            attempt.Leader = Spawn(launch, pipes[1], separate ? pipes[3] : pipes[1], Marks.For(_host, attempt.Sequence), group: attempt.Group);
        }
        catch (Exception problem) when (StartException.Covers(problem))
        {
            CloseAll(pipes, 0, 1, 2, 3);
            output?.Close();
            error?.Close();
            CloseGroup(attempt);
            _ends.Enqueue(new AttemptEnd { Unit = launch.Unit, StartFailure = problem.Message });
            return;
        }

        CloseAll(pipes, 1, 3);
        _childless = false;
        _bySequence[attempt.Sequence] = attempt;
        _byUnit[launch.Unit] = attempt;
        _family.Add(attempt);
        Watch(attempt, 0, pipes[0], output);
        if (separate)
        {
            Watch(attempt, 1, pipes[2], error);
        }

        WatchProcess(attempt);
    }

    public void Stop(int unit, TimeSpan grace)
    {
        if (_byUnit.TryGetValue(unit, out Attempt? attempt))
        {
            RequestStop(attempt, grace);
        }
    }

    public AttemptEnd? Wait(TimeSpan? limit)
    {
        long deadline = limit is { } time ? Now + (long)Math.Ceiling(Math.Max(0, time.TotalMilliseconds)) : Attempt.Never;
        while (true)
        {
            Attend();
            if (_ends.TryDequeue(out AttemptEnd? end))
            {
                return end;
            }

            if (_woken)
            {
                _woken = false;
                return null;
            }

            long now = Now;
            int ready = _epoll.Wait(Timeout(now, deadline));
            for (int i = 0; i < ready; i++)
            {
                Handle(_epoll[i]);
            }

            now = Now;
            if (_reap || _attention.Count > 0 || now >= _nextReap || _withoutDescriptors)
            {
                Reap(now);
            }

            if (now >= deadline && _ends.Count == 0)
            {
                Attend();
                return _ends.TryDequeue(out end) ? end : null;
            }
        }
    }

    public void Wake()
    {
        ulong one = 1;
        _ = Libc.Write(_wake, (byte*)&one, sizeof(ulong));
    }

    public void Dispose()
    {
        if (_bySequence.Count > 0 || _workers.Count > 0)
        {
            Sweep();
        }

        foreach (Attempt attempt in _bySequence.Values)
        {
            CloseOutput(attempt);
            CloseProcess(attempt);
        }

        _bySequence.Clear();
        _spawner.Dispose();
        _epoll.Dispose();
        _family.Dispose();
        _groups?.Dispose();
        Libc.Close(_wake);
        NativeMemory.Free(_buffer);
    }

    private static void CloseAll(int* descriptors, params ReadOnlySpan<int> indexes)
    {
        foreach (int index in indexes)
        {
            if (descriptors[index] >= 0)
            {
                Libc.Close(descriptors[index]);
            }
        }
    }

    private static ulong Number(Attempt attempt, ulong kind) => Number(attempt.Sequence, kind);

    private static ulong Number(int sequence, ulong kind) => ((ulong)(uint)sequence << KindBits) | kind;

    private void Watch(Attempt attempt, int index, int descriptor, OutputCopy? copy)
    {
        attempt.Pipes[index] = new OutputPipe(descriptor, copy, MaskedOutput.For(attempt.Launch));
        _epoll.Add(descriptor, Number(attempt, (ulong)index));
    }

    private void WatchProcess(Attempt attempt)
    {
        attempt.ProcessDescriptor = Libc.OpenProcess(attempt.Leader);
        if (attempt.ProcessDescriptor >= 0)
        {
            _epoll.Add(attempt.ProcessDescriptor, Number(attempt, ProcessKind));
        }
        else
        {
            _withoutDescriptors = true;
        }
    }

    private int Timeout(long now, long deadline)
    {
        long until = deadline;
        foreach (Attempt attempt in _attention)
        {
            until = Math.Min(until, attempt.Due);
        }

        if (_bySequence.Count > 0)
        {
            until = Math.Min(until, _withoutDescriptors ? now + PollEvery : Math.Max(_nextReap, now + 1));
        }

        return until == Attempt.Never ? -1 : (int)Math.Clamp(until - now, 0, int.MaxValue);
    }

    private void Handle(ulong number)
    {
        if (number == WakeNumber)
        {
            _ = Libc.Read(_wake, _buffer, sizeof(ulong));
            _epoll.Rearm(_wake, WakeNumber);
            _woken = true;
            return;
        }

        ulong kind = number & ((1 << KindBits) - 1);
        if (kind == ProcessKind)
        {
            _reap = true;
        }
        else if (kind == ChannelKind)
        {
            Hear((int)(number >> KindBits));
        }
        else if (_bySequence.TryGetValue((int)(number >> KindBits), out Attempt? attempt))
        {
            if (attempt.Pipes[kind] is { } pipe)
            {
                Move(attempt, (int)kind, pipe);
            }
        }
        else if (_workers.TryGetValue((int)(number >> KindBits), out LinuxWorker? worker))
        {
            DiscardAndRearm(worker, (int)kind);
        }
    }

    /// <summary>One read: the pipe has something or has ended, so it does not block, and nobody else reads it.</summary>
    private void Move(Attempt attempt, int index, OutputPipe pipe)
    {
        nint count = Libc.Read(pipe.Descriptor, _buffer, BufferSize);
        if (count > 0)
        {
            Take(attempt, pipe, new ReadOnlySpan<byte>(_buffer, (int)count));
        }

        if (count > 0 || (count < 0 && Libc.LastError is Libc.Interrupted or Libc.TryAgain))
        {
            _epoll.Rearm(pipe.Descriptor, Number(attempt, (ulong)index));
            return;
        }

        ClosePipe(attempt, index);
        if (attempt.Exited)
        {
            Schedule(attempt, Now);
        }
    }

    private void Take(Attempt attempt, OutputPipe pipe, ReadOnlySpan<byte> bytes)
    {
        bytes = pipe.Masked is null ? bytes : pipe.Masked.Next(bytes);
        attempt.Log.Write(bytes);
        pipe.Copy?.Write(bytes);
        if (attempt.OutputFailure is null && (attempt.Log.Failure ?? pipe.Copy?.Failure) is { } failure)
        {
            attempt.OutputFailure = failure;
            RequestStop(attempt, attempt.Launch.GracePeriod);
        }
    }

    private void Reap(long now)
    {
        _reap = false;
        _nextReap = now + ReapEvery;
        long* usage = stackalloc long[UsedResources.Places];
        while (true)
        {
            int status;
            int pid = Libc.Wait4(-1, &status, Libc.NoHang, usage);
            if (pid <= 0)
            {
                _childless = pid < 0 && Libc.LastError == Libc.NoChild;
                return;
            }

            Attempt? attempt = _family.Reaped(pid, out Attempt? ofStray);
            if ((attempt ?? ofStray) is { } user)
            {
                AddUsage(user, pid, new ReadOnlySpan<long>(usage, UsedResources.Places));
            }

            if (attempt is not null)
            {
                if (attempt.Worker is { } worker)
                {
                    // What it still said counts.
                    Hear(worker.Sequence);
                    if (worker.Idle)
                    {
                        attempt.Exit(status);
                        Lost(worker);
                        continue;
                    }
                }

                attempt.Exit(status);
                CloseProcess(attempt);
                Schedule(attempt, now);
            }
        }
    }

    private void CloseOutput(Attempt attempt)
    {
        ClosePipe(attempt, 0);
        ClosePipe(attempt, 1);
    }

    private static void ClosePipe(Attempt attempt, int index)
    {
        if (attempt.Pipes[index] is { } pipe)
        {
            Libc.Close(pipe.Descriptor);
            attempt.Pipes[index] = null;
            FinishOutput(attempt, pipe);
            if (attempt.Pipes[1 - index]?.Copy != pipe.Copy)
            {
                pipe.Copy?.Close();
            }
        }
    }

    /// <summary>What was kept back because it might have been the beginning of a secret.</summary>
    private static void FinishOutput(Attempt attempt, OutputPipe pipe)
    {
        if (pipe.Masked is not null)
        {
            ReadOnlySpan<byte> rest = pipe.Masked.Rest();
            attempt.Log.Write(rest);
            pipe.Copy?.Write(rest);
        }
    }

    private static void CloseProcess(Attempt attempt)
    {
        if (attempt.ProcessDescriptor >= 0)
        {
            Libc.Close(attempt.ProcessDescriptor);
            attempt.ProcessDescriptor = -1;
        }
    }
}
