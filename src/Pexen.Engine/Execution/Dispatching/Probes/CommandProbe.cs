namespace Pexen.Execution.Dispatching.Probes;

/// <summary><c>command:SHELL</c>: a shell command succeeds. One at a time; the next question after one has failed begins another.</summary>
/// <param name="executor">Runs it.</param>
/// <param name="launch">What to run; its number is that of no unit.</param>
internal sealed class CommandProbe(IExecutor executor, Launch launch) : IReadinessProbe
{
    private bool _isRunning;

    public bool Ask()
    {
        if (!_isRunning)
        {
            _isRunning = true;
            executor.Start(launch);
        }

        return false;
    }

    public bool Ended(AttemptEnd end)
    {
        _isRunning = false;
        return end is { ExitCode: 0, Stopped: false };
    }

    public bool Close()
    {
        if (_isRunning)
        {
            executor.Stop(launch.Unit, TimeSpan.Zero);
        }

        return _isRunning;
    }
}
