using Pexen.Locking;
using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Execution.Dispatching;

/// <summary>A run whose services are for the tests that come after it: it says when these may begin, and goes on when they have ended.</summary>
internal sealed partial class Dispatcher
{
    private readonly List<int> _forPrograms = [];
    private bool _isReady;
    private bool _isUp;
    private int _attended;
    private int _letGo;

    /// <summary>Whether units that failed fail the build, so that no tests will follow.</summary>
    private bool AnyFailed => _stoodStill || _groups is { AnyFailed: true } || _units.Any(unit =>
        unit.Outcome?.IsFailure() == true
        && unit.Definition.ContinueOnError == FailureTolerance.ErrorAndStop);

    /// <summary>Whoever needed the services needs them no more. From any thread.</summary>
    public void LetGo()
    {
        Volatile.Write(ref _letGo, 1);
        _executor.Wake();
    }

    /// <summary>The first of the test programs that come after the build waits for its services. From any thread.</summary>
    public void Attend()
    {
        Volatile.Write(ref _attended, 1);
        _executor.Wake();
    }

    /// <summary>
    /// Test programs start when all projects have been built. A service that held until then what another project of the same build wants would have that build wait for
    /// ever; and the programs start in any order, so that none may hold it before its own has come.
    /// </summary>
    private bool WaitsForPrograms(int unit)
    {
        if (_request.TestPrograms is null || !_scheduler.IsHeld || Volatile.Read(ref _attended) != 0 || !HoldsAgainstOtherProjects(_units[unit].Definition))
        {
            return false;
        }

        _scheduler.GiveBack(unit);
        _forPrograms.Add(unit);
        ReadEvents();
        return true;
    }

    /// <summary>What is the project's own counts too in a framework's run: those of the other frameworks may want it.</summary>
    private bool HoldsAgainstOtherProjects(UnitDefinition unit)
    {
        if (unit.Service is null)
        {
            return false;
        }

        var reach = new ResourceReach(_request.Plan.Resources);
        return unit.Claims.Concat(unit.Uses.Select(use => use.Resource))
            .Any(resource => _request.TargetFramework is not null || reach.Of(resource).Any(one => one.Scope != ResourceScope.Project));
    }

    /// <summary>Those that waited for the first test program line up again. Whether there were any.</summary>
    private bool TryTakeUp()
    {
        if (_forPrograms.Count == 0 || Volatile.Read(ref _attended) == 0)
        {
            return false;
        }

        foreach (int unit in _forPrograms)
        {
            if (_scheduler.StateOf(unit) == UnitState.Outside)
            {
                _scheduler.Retry(unit);
            }
        }

        _forPrograms.Clear();
        ReadEvents();
        return true;
    }

    /// <summary>Tells once that tests may begin, and before that, if services wait for them, that the build may end. Whether the run goes on, for they have ended or will not begin.</summary>
    private bool TryLetGo()
    {
        if (!_scheduler.IsHeld)
        {
            return false;
        }

        bool letGo = Volatile.Read(ref _letGo) != 0;
        if (letGo && !_isUp && _ending is null)
        {
            Cancel("the end of the tests before they could begin");
            return true;
        }

        bool over = _ending is not null || letGo;
        if (!over && TryTakeUp())
        {
            return true;
        }

        if (!over && !_isUp && (_scheduler.WaitsForRelease || (!_isReady && _scheduler.WaitsForOutside(_forPrograms.Count))))
        {
            over = AnyFailed;
            if (!over)
            {
                _isReady = true;
                _isUp = _forPrograms.Count == 0;
                _journal.Flush();
                _report.Ready(moreFollows: !_isUp);
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
