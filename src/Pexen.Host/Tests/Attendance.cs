using System.Diagnostics;
using System.IO.Pipes;
using Pexen.Execution.Local;
using Pexen.Execution.Supervision;

namespace Pexen.Host.Tests;

/// <summary>Waits until the tests that a run is held for have ended: all test programs, or whoever would start them.</summary>
internal sealed class Attendance : IDisposable
{
    private readonly TestPrograms _programs;
    private readonly Action _over;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<NamedPipeServerStream> _waiting = [];
    private readonly NamedPipeServerStream _first;
    private readonly ProcessEnd? _starter;
    private readonly string _pipe;
    private int _ended;

    /// <param name="programs">What is expected.</param>
    /// <param name="pipe">Where attendants come to.</param>
    /// <param name="over">Called when the tests have ended, on any thread, perhaps more than once.</param>
    public Attendance(TestPrograms programs, string pipe, Action over)
    {
        (_programs, _pipe, _over) = (programs, pipe, over);
        _first = Open();
        _ = ListenAsync();
        if (OperatingSystem.IsLinux())
        {
            _starter = new ProcessEnd(programs.Starter, over);
        }
        else
        {
            new Thread(WatchStarter) { IsBackground = true, Name = "end of the tests" }.Start();
        }
    }

    /// <summary>The run is over: whoever waits for that may go.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _starter?.Dispose();
        lock (_waiting)
        {
            _waiting.ForEach(pipe => pipe.Dispose());
        }

        _stop.Dispose();
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

            _ = AttendAsync(pipe);
            pipe = Open();
        }
    }

    /// <summary>It says that its program has ended, or is gone itself, which is as good. The last one waits until the run is over.</summary>
    private async Task AttendAsync(NamedPipeServerStream pipe)
    {
        try
        {
            await pipe.ReadExactlyAsync(new byte[1], _stop.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Killed.
        }

        bool isLast = Interlocked.Increment(ref _ended) >= _programs.Count;
        if (!isLast)
        {
            await pipe.DisposeAsync();
            return;
        }

        lock (_waiting)
        {
            _waiting.Add(pipe);
        }

        _over();
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

        _over();
    }
}
