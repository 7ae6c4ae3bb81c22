using System.Diagnostics;
using System.IO.Pipes;
using Pexen.Execution.Dispatching;
using Pexen.Execution.Local;
using Pexen.Execution.Supervision;

namespace Pexen.Host.Tests;

/// <summary>Lets test programs begin when what a run has for them is up, and tells the run that the tests have ended: all programs, or whoever would start them.</summary>
internal sealed class Attendance : IDisposable
{
    /// <summary>An attendant that does not answer when it is told of the end of <c>dotnet test</c> keeps the run no longer than this.</summary>
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromSeconds(10);

    private readonly TestPrograms _programs;
    private readonly Dispatcher _run;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<NamedPipeServerStream> _here = [];
    private readonly NamedPipeServerStream _first;
    private readonly ProcessEnd? _starter;
    private readonly string _pipe;
    private int _running;
    private bool _abandoned;
    private bool _lost;
    private int _ended;
    private int _cancels;

    /// <param name="programs">What is expected.</param>
    /// <param name="pipe">Where attendants come to.</param>
    /// <param name="run">The run; told on any thread, perhaps more than once.</param>
    public Attendance(TestPrograms programs, string pipe, Dispatcher run)
    {
        (_programs, _pipe, _run) = (programs, pipe, run);
        _first = Open();
        _ = ListenAsync();
        if (OperatingSystem.IsLinux())
        {
            _starter = new ProcessEnd(programs.Starter, StarterHasEnded);
        }
        else
        {
            new Thread(WatchStarter) { IsBackground = true, Name = "end of the tests" }.Start();
        }
    }

    /// <summary>Everything is up that programs need: those that have come begin, and those that come later at once.</summary>
    public void Begin() => _begun.TrySetResult();

    /// <summary>The run is over: whoever waits for that may go.</summary>
    public void Dispose()
    {
        lock (_here)
        {
            _here.ForEach(pipe => Tell(pipe, TestPrograms.Over));
            _here.Clear();
        }

        _stop.Cancel();
        _starter?.Dispose();
        _stop.Dispose();
        RemoveSocket();
    }

    /// <summary>The process ends before the last listener has.</summary>
    private void RemoveSocket()
    {
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.Delete(_pipe);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is in nobody's way.
        }
    }

    private NamedPipeServerStream Open() => new(
        _pipe, PipeDirection.InOut, NamedPipeServerStream.MaxAllowedServerInstances, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);

    private async Task ListenAsync()
    {
        NamedPipeServerStream pipe = _first;
        while (true)
        {
            try
            {
                await pipe.WaitForConnectionAsync(_stop.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
            {
                await pipe.DisposeAsync();
                return;
            }

            _run.Attend();
            _ = AttendAsync(pipe);
            pipe = Open();
        }
    }

    /// <summary>It says that its program has ended, or is gone itself, which is as good. The last one waits until the run is over.</summary>
    private async Task AttendAsync(NamedPipeServerStream pipe)
    {
        lock (_here)
        {
            _here.Add(pipe);
            _running++;
        }

        using (pipe)
        {
            var said = new byte[1];
            Task<int> reading = ReadAsync(pipe, said);
            if (await Task.WhenAny(reading, _begun.Task) != reading)
            {
                Tell(pipe, TestPrograms.Begin);
            }

            int cancels = 0;
            while (await reading > 0 && said[0] == TestPrograms.Cancelled)
            {
                Cancel(++cancels);
                reading = ReadAsync(pipe, said);
            }

            Leave(gone: await reading == 0);
            if (Interlocked.Increment(ref _ended) < _programs.Count)
            {
                lock (_here)
                {
                    if (_here.Remove(pipe))
                    {
                        Tell(pipe, TestPrograms.GoesOn);
                    }
                }

                return;
            }

            _run.LetGo();
            while (await ReadAsync(pipe, said) > 0)
            {
                Cancel(++cancels);
            }
        }
    }

    /// <summary>One Ctrl-C reaches all attendants, and whoever started them: it is told once.</summary>
    private void Cancel(int count)
    {
        if (Interlocked.CompareExchange(ref _cancels, count, count - 1) == count - 1)
        {
            _run.CancelAgain("a cancelled test run");
        }
    }

    /// <summary>0 when it is gone, or the run is over.</summary>
    private async Task<int> ReadAsync(NamedPipeServerStream pipe, byte[] said)
    {
        try
        {
            return await pipe.ReadAsync(said, _stop.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private static void Tell(NamedPipeServerStream pipe, byte what)
    {
        try
        {
            pipe.WriteByte(what);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // It is gone, as the reading tells.
        }
    }

    private void WatchStarter()
    {
        try
        {
            using var starter = Process.GetProcessById(_programs.Starter);
            starter.WaitForExit();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // It has ended before.
        }

        StarterHasEnded();
    }

    /// <summary>
    /// Whoever ends it while programs run means them: they have nobody to tell their results any more. Their attendants end them; the run, which is cancelled, is what
    /// they still had till then.
    /// </summary>
    private void StarterHasEnded()
    {
        lock (_here)
        {
            _abandoned = _running > 0;
            if (_abandoned)
            {
                _here.ForEach(pipe => Tell(pipe, TestPrograms.Abandoned));
                _ = GiveUpAsync();
                return;
            }
        }

        if (_lost)
        {
            // All were killed together, and the attendants were the first of whom we heard.
            CutShort();
            return;
        }

        _run.LetGo();
    }

    private async Task GiveUpAsync()
    {
        try
        {
            await Task.Delay(TimeToAnswer, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        CutShort();
    }

    private void CutShort()
    {
        Cancel(1);
        _run.LetGo();
    }

    /// <summary>A program has ended, or its attendant is gone.</summary>
    private void Leave(bool gone)
    {
        lock (_here)
        {
            _lost |= gone;
            if (--_running > 0 || !_abandoned)
            {
                return;
            }
        }

        CutShort();
    }
}
