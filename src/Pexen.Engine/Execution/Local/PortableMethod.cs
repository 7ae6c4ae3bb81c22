using System.Diagnostics;
using System.Text;
using Pexen.Execution.Workers;

namespace Pexen.Execution.Local;

/// <summary>
/// One call of a method in a portable worker. What the method wrote ends with a mark that only this call knows, for answers and output come by different pipes;
/// both streams of a method are one there, so a unit with a file for one of them gets both in it.
/// </summary>
internal sealed class PortableMethod : IPortableRun
{
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(10);

    private readonly Lock _writing = new();
    private readonly OutputLog _log;
    private readonly OutputCopy? _output;
    private readonly MaskedOutput? _masked;
    private readonly StopRequest _stop = new();
    private readonly TaskCompletionSource<WorkerReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _whole = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _mark = Encoding.ASCII.GetBytes($"\0pexen {Guid.NewGuid():N}\0");
    private readonly IProcessTree _tree;
    private readonly PortableWorker _worker;
    private readonly Action<PortableWorker> _keep;
    private byte[] _held = [];
    private string? _outputFailure;
    private bool _closed;
    private TimeSpan? _usedBefore;

    /// <param name="launch">The unit.</param>
    /// <param name="worker">Where it runs.</param>
    /// <param name="keep">Takes the worker back when it can be used again.</param>
    public PortableMethod(Launch launch, PortableWorker worker, Action<PortableWorker> keep)
    {
        Launch = launch;
        _worker = worker;
        _keep = keep;
        _masked = MaskedOutput.For(launch);
        _log = new OutputLog(launch.Log, launch.LogLimit);
        (OutputCopy? output, OutputCopy? error) = OutputCopy.Open(launch);
        _output = output ?? error;
        _tree = worker.Tree ?? new UnixProcessTree(launch);
    }

    public Launch Launch { get; }

    /// <summary>False when the worker is gone.</summary>
    public bool Start(WorkerVariables variables)
    {
        if (_worker.Tree is null)
        {
            _tree.Adopt(_worker.Process);
        }

        _usedBefore = UsedByWorker();
        return _worker.Call(this, WorkerCall.Of(Launch, variables, Encoding.ASCII.GetString(_mark)).Write().Span);
    }

    public void Answered(WorkerReply reply) => _reply.TrySetResult(reply);

    public void Stop(TimeSpan grace) => _stop.Ask(grace);

    public int? Leader => _worker.Process.Id;

    public TimeSpan Silent => _log.Silent;

    public long OutputBytes => _log.Bytes;

    public long? MeasuredMemory { get; set; }

    public IReadOnlyDictionary<int, string> Members() => _tree.Members();

    public void Kill() => _tree.Kill();

    public async Task<AttemptEnd> RunAsync()
    {
        await Task.WhenAny(_reply.Task, _worker.Exit, _stop.Asked).ConfigureAwait(false);
        bool stopped = !_reply.Task.IsCompleted && !_worker.Exit.IsCompleted;
        List<string> survivors = [];
        if (stopped)
        {
            _tree.Ask();
            await EndWorkerAsync().ConfigureAwait(false);
        }
        else if (!_reply.Task.IsCompleted || _reply.Task.Result.Children || !OperatingSystem.IsLinux())
        {
            survivors = await EndSurvivorsAsync().ConfigureAwait(false);
        }

        await Task.WhenAny(_whole.Task, _worker.OutputEnd, Task.Delay(Drain)).ConfigureAwait(false);
        return Finish(stopped, survivors);
    }

    /// <summary>Output of the worker while it runs this. Called by its reader alone.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        lock (_writing)
        {
            if (_closed || _whole.Task.IsCompleted)
            {
                return;
            }

            byte[] all = [.. _held, .. bytes];
            int end = all.AsSpan().IndexOf(_mark);
            int start = end >= 0 ? end : StartOfMark(all);
            Write(all.AsSpan(0, start));
            _held = end >= 0 ? [] : all[start..];
            if (end >= 0)
            {
                _whole.TrySetResult();
            }
        }
    }

    public void Dispose()
    {
        _output?.Close();
        if (_worker.Tree is null)
        {
            _tree.Dispose();
        }
    }

    /// <summary>Where the mark may begin of which the rest is still to come.</summary>
    private int StartOfMark(ReadOnlySpan<byte> bytes)
    {
        for (int start = Math.Max(0, bytes.Length - _mark.Length + 1); start < bytes.Length; start++)
        {
            if (_mark.AsSpan().StartsWith(bytes[start..]))
            {
                return start;
            }
        }

        return bytes.Length;
    }

    private void Write(ReadOnlySpan<byte> bytes) => Keep(_masked is null ? bytes : _masked.Next(bytes));

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0)
        {
            return;
        }

        _log.Write(bytes);
        _output?.Write(bytes);
        if (_outputFailure is null && (_log.Failure ?? _output?.Failure) is { } failure)
        {
            _outputFailure = failure;
            _stop.Ask(Launch.GracePeriod);
        }
    }

    private async Task EndWorkerAsync()
    {
        while (!_worker.Exit.IsCompleted || _tree.Members().Count > 0)
        {
            if (_stop.Overdue > TimeSpan.Zero || _reply.Task.IsCompleted)
            {
                _tree.Kill();
            }

            if (_stop.Overdue > GiveUp)
            {
                return;
            }

            await Task.WhenAny(Task.Delay(Pause), _worker.Exit.IsCompleted ? Task.Delay(Pause) : _worker.Exit).ConfigureAwait(false);
        }
    }

    private async Task<List<string>> EndSurvivorsAsync()
    {
        if (Left().Count == 0)
        {
            return [];
        }

        await Task.Delay(Settle).ConfigureAwait(false);
        List<KeyValuePair<int, string>> left = Left();
        List<string> survivors = [.. left.Select(member => $"{member.Value} ({member.Key})")];
        long asked = Stopwatch.GetTimestamp();
        foreach (KeyValuePair<int, string> member in left)
        {
            End(member.Key, politely: !OperatingSystem.IsWindows());
        }

        while ((left = Left()).Count > 0 && Stopwatch.GetElapsedTime(asked) < Launch.GracePeriod + GiveUp)
        {
            await Task.Delay(Pause).ConfigureAwait(false);
            if (Stopwatch.GetElapsedTime(asked) > Launch.GracePeriod)
            {
                left.ForEach(member => End(member.Key, politely: false));
            }
        }

        return survivors;
    }

    /// <summary>Without the worker, which stays.</summary>
    private List<KeyValuePair<int, string>> Left() => [.. _tree.Members().Where(member => member.Key != _worker.Process.Id)];

    private static void End(int id, bool politely)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Libc.Kill(id, politely ? Libc.SigTerm : Libc.SigKill);
            return;
        }

        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has gone already, or is not ours to end.
        }
    }

    /// <summary>All that its methods used so far; null where that cannot be asked.</summary>
    private TimeSpan? UsedByWorker() => OperatingSystem.IsLinux() ? Libc.ProcessorTime(_worker.Process.Id) : null;

    private AttemptEnd Finish(bool stopped, List<string> survivors)
    {
        lock (_writing)
        {
            Write(_held);
            _held = [];
            if (_masked is not null)
            {
                Keep(_masked.Rest());
            }

            _closed = true;
            _log.Close();
        }

        _worker.Rest();
        WorkerReply? reply = _reply.Task.IsCompleted ? _reply.Task.Result : null;
        int? code = reply is not null ? 0 : _worker.Process.HasExited ? _worker.Process.ExitCode : null;

        // .NET tells an end by a signal as 128 and its number, and an exit code above 128 is none that a method chooses.
        int? signal = code is > 128 and <= 192 && !OperatingSystem.IsWindows() ? code - 128 : null;
        TimeSpan? used = reply is null ? null : UsedByWorker() - _usedBefore;
        var end = new AttemptEnd
        {
            Unit = Launch.Unit,
            ExitCode = signal is null && reply?.Failure is null ? code : null,
            Signal = signal,
            StartFailure = reply?.NotStarted ?? (!_worker.Ready && !stopped ? $"its worker process ended with exit code {code} before it was ready" : null),
            CameBack = reply is not null,
            MethodFailure = reply?.Failure,
            Stopped = stopped,
            OutputFailure = _outputFailure ?? _log.Failure,
            OutputBytes = _log.Bytes,
            OutputLeftOut = _log.LeftOut,
            Survivors = [.. survivors],
            PeakMemory = MeasuredMemory,
            ProcessorTime = used,
        };
        if (reply is not null && !stopped && !_stop.Asked.IsCompleted && _whole.Task.IsCompleted)
        {
            _keep(_worker);
        }
        else
        {
            _tree.Kill();
            _worker.Dispose();
        }

        return end;
    }
}
