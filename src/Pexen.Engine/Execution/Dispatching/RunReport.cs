using Pexen.Execution.Exchange;
using Pexen.Execution.Protocol;
using Pexen.Model;
using Pexen.Records;
using Pexen.Scheduling;

namespace Pexen.Execution.Dispatching;

/// <summary>What a run leaves and says: folder, record, diagnostics, messages. Knows how a unit's end is judged; decides nothing about others.</summary>
internal sealed partial class RunReport
{
    private const int LinesShown = 40;
    private const int LongestLastLine = 500;
    private const int ReserveForEachUnit = 1024;
    private const int ReserveAtLeast = 64 * 1024;

    private readonly RunRequest _request;
    private readonly RunFolder _folder;
    private readonly IReadOnlyList<UnitRun> _units;
    private readonly ScheduleGraph _graph;
    private readonly RunClock _clock;
    private readonly Action<HostMessage> _observe;
    private readonly ValueExchange _exchange;
    private readonly AddedUnits _added;
    private readonly RecordBuilder _builder;
    private readonly SkipReport _skips;
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly List<HeldLockRecord> _held = [];
    private RecordFile? _record;

    /// <summary>The record as it was written, or null.</summary>
    public RunRecord? Written { get; private set; }

    public RunReport(
        RunRequest request,
        RunFolder folder,
        IReadOnlyList<UnitRun> units,
        ScheduleGraph graph,
        RunClock clock,
        Action<HostMessage> observe,
        ValueExchange exchange,
        AddedUnits added)
    {
        _request = request;
        _folder = folder;
        _units = units;
        _graph = graph;
        _clock = clock;
        _observe = observe;
        _exchange = exchange;
        _added = added;
        _builder = new RecordBuilder(request, units, clock.StartedAt, exchange);
        _skips = new SkipReport(units, graph, request.Plan.Groups);
    }

    /// <summary>The lives of groups, where they have any.</summary>
    public Groups.GroupRuns? Groups
    {
        set => _builder.GroupRuns = value;
    }

    /// <summary>Prepares the folder and opens the journal. Null when there is no place to run in.</summary>
    /// <param name="head">Writes the journal's first event.</param>
    public Journal? Begin(Action<Journal> head)
    {
        Journal? journal = null;
        try
        {
            // The task has done this, unless it was killed between; a lost run must not be overwritten.
            if (Recovery.Recover(_folder) is RecoveredRun lost)
            {
                Say(lost.ToDiagnostic());
            }

            _folder.Prepare();

            journal = new Journal(_folder.Events, ReserveAtLeast + ((long)ReserveForEachUnit * _units.Count));
            head(journal);
            journal.Flush();

            // Before anything starts, but after the journal's head: a supervisor that is killed can never have left less than both.
            ReadOnlyMemory<byte> asIfInterrupted = RunRecordWriter.Write(_builder.BuildAsIfInterrupted(), indented: false);
            string temporary = _folder.Running + ".tmp";
            File.WriteAllBytes(temporary, asIfInterrupted.Span);
            File.Move(temporary, _folder.Running, overwrite: true);
            _record = new RecordFile(_folder.Record, (asIfInterrupted.Length * 3L) + ReserveAtLeast);
            if (journal.Failure is string failure)
            {
                Say(Diagnostics.RecordNotWritten(_folder.Events, failure));
            }

            return journal;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            journal?.Dispose();
            Say(Diagnostics.RunFolderNotMade(_folder.Path, exception.Message));
            return null;
        }
    }

    public void Rehearse() => RunRecordWriter.Write(_builder.BuildAsIfInterrupted(), indented: false);

    public void Say(Diagnostic diagnostic)
    {
        diagnostic = _exchange.Secrets.Apply(diagnostic);
        _diagnostics.Add(diagnostic);
        _observe(new DiagnosticMessage(diagnostic));
    }

    /// <summary>A line for whoever waits.</summary>
    public void Tell(string status) => _observe(new StatusMessage(_exchange.Secrets.Apply(status)));

    public void Started(UnitRun unit)
    {
        if (_request.Progress)
        {
            _observe(new ProgressMessage(unit.Definition.Name, null, null));
        }
    }

    /// <summary>A unit joined the run. The build around it is told what concerns it.</summary>
    /// <returns>The unit's record as it stands if nothing more is ever heard of the run.</returns>
    public UnitRecord Added(UnitRun unit)
    {
        UnitDefinition definition = unit.Definition;
        bool goesOn = definition.ContinueOnError == FailureTolerance.ErrorAndContinue;
        if (definition.AddTo is not null || !definition.CleanOutputs || goesOn)
        {
            _observe(new AddedMessage(definition.Name, definition.AddTo, definition.AddToMetadata, definition.CleanOutputs, goesOn));
        }

        return _builder.BuildAsIfInterrupted(unit);
    }

    public void Added(IEnumerable<ResourceDefinition> resources) => _builder.AddedResources.AddRange(resources);

    public void Skipped(UnitRun unit, SkipCause cause) => _skips.Add(unit, cause);

    public void Held(UnitRun unit, ReadOnlySpan<ScheduleHold> holds)
    {
        foreach (ScheduleHold hold in holds)
        {
            _held.Add(new HeldLockRecord(_graph.ResourceNames[hold.Resource], unit.Definition.Name, hold.Tokens > 0 ? hold.Tokens : null));
        }
    }

    /// <summary>What it held is free after all.</summary>
    public void Released(UnitRun unit) => _held.RemoveAll(held => held.Unit == unit.Definition.Name);

    /// <summary>Says what there is to say of an end.</summary>
    public void Tell(UnitRun unit, AttemptEnd end, Verdict verdict)
    {
        UnitDefinition definition = unit.Definition;
        bool last = verdict.Rest is null && !verdict.IsPreempted;
        bool failed = last && verdict.Outcome.IsFailure();
        if (_request.Progress)
        {
            _observe(new ProgressMessage(definition.Name, verdict.Outcome.ToString(), (unit.Finished - unit.AttemptStarted) / 1e6));
        }

        if (verdict.Diagnostic is Diagnostic diagnostic)
        {
            Say(failed && unit.HasLog && definition.ShowOutput != Occasion.Never ? WithLastLine(diagnostic, _folder.LogOf(unit.LogFile!)) : diagnostic);
        }

        if (unit.HasLog && last)
        {
            string log = _folder.LogOf(unit.LogFile!);
            if (definition.ShowOutput == Occasion.Always || (failed && definition.ShowOutput == Occasion.OnFailure))
            {
                _observe(new OutputMessage(definition.Name, log, definition.ShowOutput == Occasion.Always ? null : LinesShown));
            }

            if (definition.ParseDiagnostics == Occasion.Always || (failed && definition.ParseDiagnostics == Occasion.OnFailure))
            {
                // What a program complains of when we stop it, and that is how it is meant to end, is no error of the build.
                bool stopped = unit.Stopping != StopReason.None && verdict.Outcome.IsSuccess();
                foreach (Diagnostic found in DiagnosticParser.Read(log, definition))
                {
                    Say(stopped && found.Severity == Severity.Error ? found with { Severity = Severity.Message } : found);
                }
            }
        }

        if (!end.Survivors.IsEmpty)
        {
            Say(Diagnostics.ProcessesLeftBehind(definition, end.Survivors));
        }

        if (end.OutputLeftOut > 0)
        {
            Say(Diagnostics.LogCut(definition, end.OutputBytes, end.OutputLeftOut));
        }

        for (int index = 0; last && index < unit.ValueProblems.Count; index++)
        {
            Say(unit.ValueProblems[index]);
        }
    }

    /// <summary>Says what became of a command of a group, with what it wrote.</summary>
    public void SayOfHook(Diagnostic diagnostic, string name, string? logFile)
    {
        string? log = logFile is null ? null : _folder.LogOf(logFile);
        Say(log is null ? diagnostic : WithLastLine(diagnostic, log));
        if (log is not null)
        {
            _observe(new OutputMessage(name, log, LinesShown));
        }
    }

    /// <summary>Tests may begin: says so, and leaves what is known of the units until then.</summary>
    public void Ready(bool moreFollows)
    {
        try
        {
            RunRecordWriter.WriteFile(_folder.Ready, _builder.BuildReady(_clock.UtcNow, _diagnostics, _held));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Say(Diagnostics.RecordNotWritten(_folder.Ready, exception.Message));
        }

        _observe(new ReadyMessage(_folder.Ready, _clock.Nanoseconds() / 1e6, moreFollows));
    }

    /// <summary>Reports what was skipped and what stayed held, and writes the record.</summary>
    public FinishMessage Finish(RunOutcome outcome, string? journalFailure)
    {
        foreach (Diagnostic skipped in _skips.Report())
        {
            Say(skipped);
        }

        foreach (Diagnostic stopped in _graph.HasLifetimes ? _skips.ReportStopped() : [])
        {
            Say(stopped);
        }

        foreach (IGrouping<string, HeldLockRecord> held in _held.GroupBy(one => one.Unit))
        {
            UnitRun unit = _units.First(one => one.Definition.Name == held.Key);
            if (FailureClass.Of(unit.Definition, unit.Outcome ?? Outcome.Cancelled, unit.Code, unit.Reason) is { } failed)
            {
                Say(Diagnostics.ResourcesHeld(unit.Definition, [.. held.Select(one => $"'{one.Resource}'")], Ended(unit), failed.Metadata, failed.Aftermath));
            }
        }

        if (journalFailure is not null)
        {
            Say(Diagnostics.RecordNotWritten(_folder.Events, journalFailure));
        }

        WriteRecord(outcome);
        return Tell(outcome);
    }

    /// <summary>The run had no place to be: nothing ran and nothing is recorded.</summary>
    public FinishMessage FinishWithoutRun()
    {
        foreach (UnitRun unit in _units)
        {
            unit.Outcome = Outcome.Cancelled;
        }

        return Tell(RunOutcome.Failed);
    }

    /// <summary>MSBuild's terminal logger shows nothing of a build but its errors: the last line often says all.</summary>
    private static Diagnostic WithLastLine(Diagnostic diagnostic, string log) =>
        LogExcerpt.Read(log, lastLines: 1).FirstOrDefault()?.Trim() is { Length: > 0 and <= LongestLastLine } line
            ? Diagnostics.EndedWith(diagnostic, line)
            : diagnostic;

    private static string Ended(UnitRun unit) => unit.Outcome switch
    {
        Outcome.TimedOut => "timed out",
        Outcome.ControlledFailure => $"failed ({unit.Reason}, one of its ControlledExitCodes)",
        _ => $"failed ({unit.Reason})",
    };

    /// <summary>Units that it adds count only from an attempt after which it provides (rule 19).</summary>
    private Verdict ReadAdded(UnitRun unit, Verdict verdict)
    {
        if (!verdict.Completion.Provided || unit.IsMilestone)
        {
            return verdict;
        }

        List<Diagnostic> problems = [];
        bool accepted = _added.TryAccept(unit, _exchange.UnitsOf(unit), problems);
        if (problems.Count == 0)
        {
            return verdict;
        }

        if (unit.Definition.ContinueOnError == FailureTolerance.WarnAndContinue)
        {
            problems = problems.ConvertAll(problem => problem.Severity == Severity.Error ? problem with { Severity = Severity.Warning } : problem);
        }

        unit.ValueProblems = [.. unit.ValueProblems, .. accepted ? problems : problems.Skip(1)];
        return accepted ? verdict : AttemptJudge.UnitsRefused(unit.Definition, problems[0]);
    }

    private Verdict? CheckOutputs(UnitRun unit, string? log)
    {
        try
        {
            IReadOnlyList<string> missing = DeclaredOutputs.Find(_request.ProjectDirectory, unit.Definition.Outputs, out IReadOnlyCollection<string> files);
            if (missing.Count > 0)
            {
                return AttemptJudge.MissingOutputs(unit.Definition, missing, log);
            }

            unit.Outputs = DeclaredOutputs.Record(_request.ProjectDirectory, files);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return AttemptJudge.UnreadableOutputs(unit.Definition, exception.Message);
        }
    }

    private void WriteRecord(RunOutcome outcome)
    {
        RunRecord record = _builder.Build(outcome, _clock.UtcNow, _diagnostics, _held);
        try
        {
            _record!.Write(RunRecordWriter.Write(record).Span);
            Written = record;
            File.Delete(_folder.Running);
            File.Delete(_folder.Ready);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _observe(new DiagnosticMessage(Diagnostics.RecordNotWritten(_folder.Record, exception.Message)));
            return;
        }

        try
        {
            Durations.Write(_folder.Durations, record.Units);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // They only make the next order better.
        }
    }

    private FinishMessage Tell(RunOutcome outcome)
    {
        IReadOnlyList<string> again = RerunSelection.Of(_units, _builder.GroupRuns);
        var finish = new FinishMessage(
            outcome.ToString(),
            _folder.Record,
            Count(),
            _clock.Nanoseconds() / 1e6,
            again.Count == 0 ? null : RerunCommand.For(_request, again));
        _observe(finish);
        return finish;
    }

    private OutcomeCounts Count()
    {
        int succeeded = 0, failed = 0, timedOut = 0, skipped = 0, cancelled = 0, notNeeded = 0;
        foreach (UnitRun unit in _units)
        {
            switch (unit.Outcome)
            {
                case Outcome outcome when outcome.IsSuccess(): succeeded++; break;
                case Outcome.Failed or Outcome.ControlledFailure: failed++; break;
                case Outcome.TimedOut: timedOut++; break;
                case Outcome.Skipped: skipped++; break;
                case Outcome.NotNeeded: notNeeded++; break;
                case Outcome.Cancelled: cancelled++; break;
            }
        }

        return new OutcomeCounts(_units.Count, succeeded, failed, timedOut, skipped, cancelled, notNeeded);
    }
}
