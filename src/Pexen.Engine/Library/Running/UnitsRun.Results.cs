using System.Collections.Immutable;
using Pexen.Execution.Dispatching;
using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Library;

/// <summary>What is told of each unit.</summary>
internal sealed partial class UnitsRun
{
    private readonly RunNotes _notes;
    private readonly List<int> _holdingToTheEnd = [];

    /// <summary>What planning and the run so far had to say.</summary>
    public ImmutableArray<Diagnostic> Notes
    {
        get
        {
            lock (_gate)
            {
                return _notes.ToImmutable();
            }
        }
    }

    private UnitResult Result(UnitAttempt attempt, in Judgement judgement, in UnitEnd end) => new(attempt.Unit.Name, judgement.Outcome)
    {
        Value = end.Value,
        Exception = end.Error,
        Shared = SharedOf(attempt),
        Results = attempt.Results,
        Code = judgement.Code,
        Reason = judgement.Reason,
        Message = judgement.Message,
        Started = StartedAt + attempt.Started,
        Duration = Elapsed() - attempt.Started,
        Slot = attempt.Slot,
        AddedBy = _planned[attempt.Index].AddedBy,
        ExitCode = end.Process is { CameBack: false, ExitCode: var code } ? code : null,
        Output = end.Output,
        Log = KeptLog(attempt, end),
    };

    private UnitResult Skipped(int unit, SkipCause cause)
    {
        string? root = cause.Unit >= 0 ? NameOf(cause.Unit) : null;
        _notes.AddSkip(cause, _planned[unit].Definition);
        return new UnitResult(NameOf(unit), Outcome.Skipped)
        {
            Code = "PEX4001",
            CausedBy = cause.Resource >= 0 ? _graph.ResourceNames[cause.Resource] : root,
            Reason = cause.Reason switch
            {
                SkipReason.ResourceHeld => $"held by {root}",
                SkipReason.FailFast => "failFast",
                SkipReason.Stopped => "stopped",
                _ => "notProvided",
            },
            AddedBy = _planned[unit].AddedBy,
        };
    }

    private UnitResult Cancelled(int unit) => new(NameOf(unit), Outcome.Cancelled)
    {
        Code = _stopping == StopReason.RunTimeout ? "PEX3005" : "PEX3009",
        Reason = _stopping == StopReason.RunTimeout ? "run timeout" : "cancelled",
        AddedBy = _planned[unit].AddedBy,
    };

    private void NoteHeld(int unit, Outcome outcome)
    {
        _holdingToTheEnd.Add(unit);
        List<string> resources = [];
        foreach (ScheduleHold hold in _scheduler.HoldsOf(unit))
        {
            resources.Add(_graph.ResourceNames[hold.Resource]);
        }

        // An exception and a limit that was passed are of the crash class; a delegate has no other way to fail.
        UnitDefinition definition = _planned[unit].Definition;
        bool controlled = outcome == Outcome.ControlledFailure;
        _notes.Add(Diagnostics.ResourcesHeld(
            definition,
            resources,
            outcome == Outcome.TimedOut ? "timed out" : "failed",
            controlled ? "OnControlledFailure" : "OnCrash",
            controlled ? definition.OnControlledFailure : definition.OnCrash));
    }

    private void NoteSkips() => _notes.AddSkips(cause =>
    {
        string name = cause.Unit >= 0 ? NameOf(cause.Unit) : "";
        return cause.Reason switch
        {
            SkipReason.ResourceHeld => $"'{_graph.ResourceNames[cause.Resource]}' stays held by '{name}'",
            SkipReason.FailFast => $"FailurePolicy is FailFast and '{name}' failed",
            SkipReason.Stopped => "nothing new is started any more",
            _ => $"'{name}' did not provide",
        };
    });

    private string NameOf(int unit) => _units[unit].Name;
}
