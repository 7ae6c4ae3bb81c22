using System.Collections.Immutable;
using Pexen.Execution;
using Pexen.Execution.Dispatching;
using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Library;

/// <summary>What is told of each unit.</summary>
internal sealed partial class UnitsRun
{
    private readonly RunNotes _notes;
    private readonly List<int> _holdingToTheEnd = [];
    private readonly Dictionary<int, Diagnostic> _heldNotes = [];

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

    private UnitResult Result(UnitAttempt attempt, in Judgement judgement, in UnitEnd end) => attempt.Number == 1
        ? OnlyResult(attempt, judgement, end)
        : LastResult(attempt, judgement, end);

    private UnitResult OnlyResult(UnitAttempt attempt, in Judgement judgement, in UnitEnd end) => new(attempt.Unit.Name, judgement.Outcome)
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
        Details = end.Process is AttemptEnd process ? new ResultDetails(null, process.PeakMemory, process.ProcessorTime) : null,
    };

    /// <summary>Of one that had other attempts before.</summary>
    private UnitResult LastResult(UnitAttempt attempt, in Judgement judgement, in UnitEnd end)
    {
        UnitHistory history = attempt.History!;
        AttemptResult last = ToResult(attempt, judgement, end);
        Judgement all = judgement;
        if (judgement.Outcome == Outcome.Succeeded && attempt.Number - history.Preemptions > 1)
        {
            AttemptResult before = history.Ended.Last(one => one.Outcome != Outcome.Cancelled);
            all = UnitJudge.JudgeFlaky(judgement, attempt.Definition, attempt.Number, before);
            _notes.Add(Diagnostics.UnitFlakyInLibrary(attempt.Definition, attempt.Number, before));
        }

        return OnlyResult(attempt, all, end) with
        {
            Started = StartedAt + history.FirstStarted,
            Duration = Elapsed() - history.FirstStarted,
            Details = new ResultDetails(
                [.. history.Ended, last],
                UnitHistory.Larger(history.PeakMemory, end.Process?.PeakMemory),
                UnitHistory.Sum(history.ProcessorTime, end.Process?.ProcessorTime)),
        };
    }

    /// <summary>Of one that will not be tried again although it was to be.</summary>
    private UnitResult WithAttempts(int unit, UnitResult result) => HistoryOf(unit) is not { Ended: { Count: > 0 } ended } history
        ? result
        : result with
        {
            Started = StartedAt + history.FirstStarted,
            Duration = ended[^1].Started + ended[^1].Duration - StartedAt - history.FirstStarted,
            Details = new ResultDetails([.. ended], history.PeakMemory, history.ProcessorTime),
        };

    private UnitResult Skipped(int unit, SkipCause cause)
    {
        string? root = cause.Unit >= 0 ? NameOf(cause.Unit) : null;
        _notes.AddSkip(cause, _planned[unit].Definition);
        return WithAttempts(unit, new UnitResult(NameOf(unit), Outcome.Skipped)
        {
            Code = "PEX4001",
            CausedBy = cause.Resource >= 0 ? _graph.ResourceNames[cause.Resource] : cause.Group >= 0 ? _prepared.Plan.Groups[cause.Group].Name : root,
            Reason = SkipReport.ReasonOf(cause.Reason, root),
            AddedBy = _planned[unit].AddedBy,
        });
    }

    private UnitResult Cancelled(int unit) => WithAttempts(unit, new UnitResult(NameOf(unit), Outcome.Cancelled)
    {
        Code = _stopping == StopReason.RunTimeout ? "PEX3005" : "PEX3009",
        Reason = _stopping == StopReason.RunTimeout ? "run timeout" : "cancelled",
        AddedBy = _planned[unit].AddedBy,
    });

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
        Diagnostic note = Diagnostics.ResourcesHeld(
            definition,
            resources,
            outcome == Outcome.TimedOut ? "timed out" : "failed",
            controlled ? "OnControlledFailure" : "OnCrash",
            controlled ? definition.OnControlledFailure : definition.OnCrash);
        _heldNotes[unit] = note;
        _notes.Add(note);
    }

    private void NoteSkips() => _notes.AddSkips(cause =>
    {
        string name = cause.Unit >= 0 ? NameOf(cause.Unit) : "";
        return cause.Reason switch
        {
            SkipReason.ResourceHeld => $"'{_graph.ResourceNames[cause.Resource]}' stays held by '{name}'",
            SkipReason.FailFast => $"FailurePolicy is FailFast and '{name}' failed",
            SkipReason.Stopped => "nothing new is started any more",
            SkipReason.GroupTimedOut or SkipReason.GroupNotStarted or SkipReason.GroupFinished => SkipReport.Describe(cause.Reason, _prepared.Plan.Groups[cause.Group]),
            _ => $"'{name}' did not provide",
        };
    });

    private string NameOf(int unit) => _units[unit].Name;
}
