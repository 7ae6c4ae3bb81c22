using Pexen.Model;

namespace Pexen.Execution.Dispatching;

/// <summary>A run whose services are for the tests that come after it: it says when these may begin, and goes on when they have ended.</summary>
internal sealed partial class Dispatcher
{
    private bool _isReady;
    private int _letGo;

    /// <summary>Whether units that failed fail the build, so that no tests will follow.</summary>
    private bool AnyFailed => _stoodStill || _groups is { AnyFailed: true } || _units.Any(unit =>
        unit.Outcome is Outcome.Failed or Outcome.TimedOut or Outcome.ControlledFailure
        && unit.Definition.ContinueOnError == FailureTolerance.ErrorAndStop);

    /// <summary>Whoever needed the services needs them no more. From any thread.</summary>
    public void LetGo()
    {
        Volatile.Write(ref _letGo, 1);
        _executor.Wake();
    }

    /// <summary>Tells once that tests may begin. Whether the run goes on, for they have ended or will not begin.</summary>
    private bool TryLetGo()
    {
        if (!_scheduler.IsHeld)
        {
            return false;
        }

        bool over = _ending is not null || Volatile.Read(ref _letGo) != 0;
        if (!over && !_isReady && _scheduler.WaitsForRelease)
        {
            over = AnyFailed;
            _isReady = !over;
            if (_isReady)
            {
                _journal.Flush();
                _report.Ready();
            }
        }

        if (over)
        {
            _scheduler.Release();
            ReadEvents();
        }

        return over;
    }
}
