using Pexen.Execution.Workers;
using Pexen.Model;

namespace Pexen.Execution.Local;

/// <summary>
/// Methods, run in worker processes that are used again. A worker is the leader of the attempt that runs in it; the difference to any other process is that
/// its attempt may end by an answer, and then the leader stays.
/// </summary>
internal sealed unsafe partial class LinuxExecutor
{
    /// <summary>Where a worker finds its end of the channel.</summary>
    private const int ChannelOfWorker = 3;

    private const ulong ChannelKind = 2;

    /// <summary>How long idle workers may take to end, at the end of the run, in milliseconds.</summary>
    private const long FarewellTime = 500;

    private readonly Func<WorkerStart>? _makeWorkerStart;
    private readonly Dictionary<int, LinuxWorker> _workers = [];

    /// <summary>The one that ran last is taken first: it is the warmest.</summary>
    private readonly List<LinuxWorker> _idle = [];
    private WorkerStart? _workerStart;
    private WorkerVariables? _workerVariables;

    private void StartMethod(Launch launch, OutputCopy? output, OutputCopy? error)
    {
        try
        {
            ProgramLookup.ExplainWorkingDirectory(launch);
            LinuxWorker worker = Call(launch, separate: output is not null || error is not null);
            var attempt = new Attempt(launch, worker.Sequence)
            {
                Leader = worker.Pid,
                ProcessDescriptor = worker.ProcessDescriptor,
                Worker = worker,
                UsedBefore = worker.UsedBefore,
            };
            attempt.Pipes[0] = new OutputPipe(worker.Output[0], output, MaskedOutput.For(launch));
            attempt.Pipes[1] = worker.Separate ? new OutputPipe(worker.Output[1], error, MaskedOutput.For(launch)) : null;
            worker.Last = attempt;
            worker.Idle = false;
            _bySequence[attempt.Sequence] = attempt;
            _byUnit[launch.Unit] = attempt;
            _family.Add(attempt);
        }
        catch (Exception problem) when (StartException.Covers(problem))
        {
            output?.Close();
            error?.Close();
            _ends.Enqueue(new AttemptEnd { Unit = launch.Unit, StartFailure = problem.Message });
        }
    }

    /// <summary>The worker that has taken the call: one that is idle, else a new one.</summary>
    private LinuxWorker Call(Launch launch, bool separate)
    {
        _workerStart ??= (_makeWorkerStart ?? throw new StartException("methods run in worker processes, and there are none here"))();
        _workerVariables ??= new WorkerVariables(_workerStart.Environment);
        ReadOnlySpan<byte> line = WorkerCall.Of(launch, _workerVariables).Write().Span;
        int index;
        while ((index = _idle.FindLastIndex(worker => worker.Separate == separate)) >= 0)
        {
            LinuxWorker idle = _idle[index];
            _idle.RemoveAt(index);
            idle.UsedBefore = Libc.ProcessorTime(idle.Pid) ?? TimeSpan.Zero;
            _ = Discard(idle, 0);
            _ = Discard(idle, 1);
            BindWorker(idle, launch);
            if (idle.Send(line))
            {
                return idle;
            }

            // It has died since; its end is told by the kernel.
            _ = Libc.Kill(idle.Pid, Libc.SigKill);
        }

        // With those of the other kind there would be more workers than units can run at once.
        if (_idle.Count > 0)
        {
            _idle[0].Close();
            _idle.RemoveAt(0);
        }

        LinuxWorker worker = Spawn(launch, _workerStart, separate);
        if (!worker.Send(line))
        {
            // Its end says more than that it does not listen.
            _ = Libc.Kill(worker.Pid, Libc.SigKill);
        }

        return worker;
    }

    private LinuxWorker Spawn(Launch launch, WorkerStart start, bool separate)
    {
        int* ends = stackalloc int[6] { -1, -1, -1, -1, -1, -1 };
        var worker = new LinuxWorker(++_attempts, separate);
        try
        {
            if (Libc.Pipe2(ends, Libc.CloseOnExec) != 0 || (separate && Libc.Pipe2(ends + 2, Libc.CloseOnExec) != 0) || !Libc.SocketPair(ends + 4))
            {
                throw new StartException($"no pipe could be made for its worker: {Libc.Message(Libc.LastError)}");
            }

            Launch process = launch with
            {
                Work = new ExecutableWork(start.File, start.Arguments(_host, ChannelOfWorker)),
                Environment = start.WholeEnvironment,
                StandardInput = null,
            };
            worker.Pid = Spawn(process, ends[1], separate ? ends[3] : ends[1], Marks.For(_host, worker.Sequence), ends[5]);
        }
        catch (Exception problem) when (StartException.Covers(problem))
        {
            CloseAll(ends, 0, 1, 2, 3, 4, 5);
            throw;
        }

        CloseAll(ends, 1, 3, 5);
        _childless = false;
        _workers[worker.Sequence] = worker;
        worker.Channel = ends[4];
        _epoll.Add(worker.Channel, Number(worker.Sequence, ChannelKind));
        for (int i = 0; i < (separate ? 2 : 1); i++)
        {
            worker.Output[i] = ends[i * 2];
            Libc.SetNonBlocking(worker.Output[i]);
            _epoll.Add(worker.Output[i], Number(worker.Sequence, (ulong)i));
        }

        worker.ProcessDescriptor = Libc.OpenProcess(worker.Pid);
        if (worker.ProcessDescriptor >= 0)
        {
            _epoll.Add(worker.ProcessDescriptor, Number(worker.Sequence, ProcessKind));
        }
        else
        {
            _withoutDescriptors = true;
        }

        return worker;
    }

    /// <summary>Something came by the channel of a worker, or its end.</summary>
    private void Hear(int sequence)
    {
        if (!_workers.TryGetValue(sequence, out LinuxWorker? worker) || worker.Channel < 0)
        {
            return;
        }

        WorkerReply? reply = worker.Hear(out bool ended);
        if (worker.Last is { } attempt && !worker.Idle)
        {
            if (reply is not null)
            {
                AddUsageOfCall(attempt);
                attempt.Reply ??= reply;
                Schedule(attempt, Now);
            }
            else if (ended && !attempt.Ending && !attempt.Exited)
            {
                // It is ending, and its status says why; or the method has closed what is not its own, and nobody can talk to it any more.
                attempt.Ending = true;
                attempt.KillAt = Now + FarewellTime;
                Schedule(attempt, attempt.KillAt);
            }
        }

        if (!ended)
        {
            _epoll.Rearm(worker.Channel, Number(sequence, ChannelKind));
        }
    }

    /// <summary>The method has come back: ends what it left, takes the last of its output, and keeps the worker.</summary>
    private long EndCall(Attempt attempt, long now)
    {
        if (attempt.EndsWorker)
        {
            // Whether it has taken our signal or will take it in the middle of its next call, nobody knows; and one without output is no worker.
            attempt.Ending = true;
            attempt.KillAt = now;
            return EndWithLeader(attempt, now);
        }

        if (EndTree(attempt, now) is { } later)
        {
            return later;
        }

        for (int i = 0; i < 2; i++)
        {
            Drain(attempt, attempt.Pipes[i]);
            if (attempt.Pipes[i] is { } pipe)
            {
                FinishOutput(attempt, pipe);
                pipe.Copy?.Close();
                attempt.Pipes[i] = null;
            }
        }

        LinuxWorker worker = attempt.Worker!;
        worker.Idle = true;
        _idle.Add(worker);
        _family.Rest(attempt);
        _bySequence.Remove(attempt.Sequence);
        _byUnit.Remove(attempt.Launch.Unit);
        _ends.Enqueue(attempt.Finish());
        return Attempt.Never;
    }

    /// <summary>Everything that the method wrote is in the pipe when its answer is here, so nothing has to be waited for.</summary>
    private void Drain(Attempt attempt, OutputPipe? pipe)
    {
        nint count;
        while (pipe is not null && (count = Libc.Read(pipe.Descriptor, _buffer, BufferSize)) > 0)
        {
            Take(attempt, pipe, new ReadOnlySpan<byte>(_buffer, (int)count));
        }
    }

    /// <summary>Output of a worker that runs nothing: of a thread that a method has left. It is no unit's.</summary>
    private bool Discard(LinuxWorker worker, int index)
    {
        nint count = 0;
        while (worker.Output[index] >= 0 && (count = Libc.Read(worker.Output[index], _buffer, BufferSize)) > 0)
        {
        }

        return count < 0;
    }

    private void DiscardAndRearm(LinuxWorker worker, int index)
    {
        // At its end it would say so for ever.
        if (Discard(worker, index))
        {
            _epoll.Rearm(worker.Output[index], Number(worker.Sequence, (ulong)index));
        }
    }

    /// <summary>It ended while it ran nothing.</summary>
    private void Lost(LinuxWorker worker)
    {
        _idle.Remove(worker);
        if (worker.Last is { } attempt)
        {
            _family.Remove(attempt);
        }

        CloseAll(worker);
        for (int i = 0; i < 2; i++)
        {
            if (worker.Output[i] >= 0)
            {
                Libc.Close(worker.Output[i]);
            }
        }

        if (worker.ProcessDescriptor >= 0)
        {
            Libc.Close(worker.ProcessDescriptor);
        }
    }

    /// <summary>It ended with the attempt that closes the rest.</summary>
    private void CloseAll(LinuxWorker worker)
    {
        _workers.Remove(worker.Sequence);
        if (worker.Channel >= 0)
        {
            worker.Close();
        }
    }

    /// <summary>Lets idle workers go, so that what is ended by force afterwards is what should not be there.</summary>
    private void EndWorkers()
    {
        if (_workers.Count == 0)
        {
            return;
        }

        foreach (LinuxWorker worker in _idle)
        {
            worker.Close();
        }

        _idle.Clear();
        long until = Now + FarewellTime;
        while (_workers.Values.Any(worker => worker.Idle))
        {
            bool late = Now > until;
            foreach (LinuxWorker worker in _workers.Values.Where(worker => worker.Idle))
            {
                _ = Discard(worker, 0);
                _ = Discard(worker, 1);
                if (late)
                {
                    _ = Libc.Kill(worker.Pid, Libc.SigKill);
                }
            }

            Libc.Poll(null, 0, 1);
            Reap(Now);
            if (Now > until + GiveUpTime)
            {
                return;
            }
        }
    }
}
