using System.Globalization;
using System.Text;
using Pexen.Execution;
using Pexen.Execution.Dispatching;
using Pexen.Execution.Exchange;
using Pexen.Execution.Local;
using Pexen.Execution.Workers;
using Pexen.Model;
using Pexen.Records;

namespace Pexen.Library;

/// <summary>Units that are processes. A run without any has no lane, no folder and no environment.</summary>
internal sealed partial class UnitsRun
{
    private const int OutputShown = 64 << 10;

    private readonly LogFileNames _logNames = new();
    private readonly Dictionary<int, UnitAttempt> _processes = [];
    private readonly string _runId = Guid.NewGuid().ToString("N");
    private ChildEnvironment? _environment;
    private ProcessValues? _processValues;
    private ProcessLane? _lane;
    private string? _logFolder;

    /// <summary>A folder that the run does not leave behind.</summary>
    private string? _workFolder;

    /// <summary>Before anything starts, so that a folder that cannot be made is told to whoever begins the run.</summary>
    private void PrepareProcesses()
    {
        _environment ??= ChildEnvironment.OfThisProcess();
        _logFolder ??= _options.LogFolder is null ? null : Directory.CreateDirectory(Path.GetFullPath(_options.LogFolder)).FullName;
        _workFolder ??= Directory.CreateTempSubdirectory("pexen-").FullName;
        _processValues ??= new ProcessValues(_workFolder, Presets, Note);
    }

    /// <summary>Under the lock. What can go wrong with a process is told by its end, later.</summary>
    private void StartProcess(UnitAttempt attempt)
    {
        _lane ??= new ProcessLane(() => WorkerPlace.Find(_environment!, _runId), Prepare, EndProcess, new MemoryTerms(_options.MemoryKind, _memoryOfAll, _gate, StopForMemory), Close, Break);
        _processes[attempt.Index] = attempt;
        attempt.LogFile = attempt.History?.FirstLog is string first ? LogFileNames.OfAttempt(first, attempt.Number) : _logNames.Next(attempt.Unit.Name);
        attempt.InstanceVariables = _instances?.VariablesOf(attempt.Index) ?? [];
        _lane.Start(attempt, Measure(attempt));
    }

    /// <summary>On the thread of the lane.</summary>
    private Launch Prepare(UnitAttempt attempt)
    {
        UnitDefinition unit = attempt.Definition;
        InheritedVariables inherited = _processValues!.HandOver(attempt);
        inherited = inherited with { Ours = [.. inherited.Ours, .. attempt.InstanceVariables] };
        var identity = new AttemptIdentity(unit.Name, _runId, attempt.Number, unit.WorkingDirectory, attempt.Slot, attempt.Slots);
        return new Launch
        {
            Unit = attempt.Index,
            Name = unit.Name,
            Work = unit.Work,
            ProjectDirectory = unit.WorkingDirectory,
            WorkingDirectory = unit.WorkingDirectory,
            Environment = _environment!.For(identity, unit.Environment, inherited),
            Log = LogOf(attempt),
            LogLimit = 1_000_000_000,
            GracePeriod = unit.GracePeriod,
        };
    }

    /// <summary>On the thread of the lane, which goes back to its processes at once.</summary>
    private void EndProcess(AttemptEnd end)
    {
        UnitAttempt? attempt;
        lock (_gate)
        {
            _processes.Remove(end.Unit, out attempt);
            if (attempt is not null && end.Survivors.Length > 0)
            {
                _notes.Add(Diagnostics.ProcessesLeftBehind(attempt.Definition, end.Survivors));
            }
        }

        if (attempt is null)
        {
            return;
        }

        WrittenValues? written = _processValues!.Read(attempt);
        attempt.Take(written);
        end = WithSignal(attempt.Definition, end);
        HandToPool(End(attempt, new UnitEnd(
            Returned(end, written), ExceptionInfo.Of(end.MethodFailure), end, end.OutputBytes > 0 ? ReadEnd(LogOf(attempt)) : "", written)));
    }

    /// <summary>What a method returned, as text.</summary>
    private static string? Returned(AttemptEnd end, WrittenValues? written) =>
        end is { CameBack: true, MethodFailure: null } ? written?.Shared.FindLast(pair => pair.Key == WorkerReply.ReturnKey).Value : null;

    /// <summary>The portable executor tells an end by a signal as 128 and its number, as shells do; so what rule 17 says of shells holds for all here.</summary>
    private static AttemptEnd WithSignal(UnitDefinition unit, AttemptEnd end)
    {
        bool hidden = !OperatingSystem.IsWindows() && !end.Stopped && end.ExitCode is int code && AttemptJudge.IsHiddenSignal(code)
            && !unit.SuccessExitCodes.Contains(code) && !unit.SkipExitCodes.Contains(code) && !unit.ControlledExitCodes.Contains(code);
        return hidden ? end with { ExitCode = null, Signal = end.ExitCode - 128 } : end;
    }

    /// <summary>Nothing uses it any more, or nothing ever did: units that are processes may all have been skipped.</summary>
    private void RemoveWorkFolder()
    {
        if (_workFolder is null)
        {
            return;
        }

        try
        {
            Directory.Delete(_workFolder, recursive: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // A temporary folder that somebody looks into: nobody is hurt.
        }
    }

    private string LogOf(UnitAttempt attempt) => Path.Combine(_logFolder ?? _workFolder!, attempt.LogFile!);

    /// <summary>Null where there is none, or it is not kept.</summary>
    private string? KeptLog(UnitAttempt attempt, in UnitEnd end) =>
        end.Process is { OutputBytes: > 0 } && _options.LogFolder is not null ? LogOf(attempt) : null;

    /// <summary>What a message names as the place to look.</summary>
    private string? LogText(UnitAttempt attempt, in UnitEnd end) =>
        end.Process is not { OutputBytes: > 0 } ? null : KeptLog(attempt, end) ?? "UnitResult.Output";

    private static string ReadEnd(string log)
    {
        try
        {
            using FileStream file = File.OpenRead(log);
            file.Seek(Math.Max(0, file.Length - OutputShown), SeekOrigin.Begin);
            byte[] bytes = new byte[Math.Min(file.Length, OutputShown)];
            file.ReadExactly(bytes);
            return Encoding.UTF8.GetString(bytes);
        }
        catch (IOException problem)
        {
            return string.Create(CultureInfo.InvariantCulture, $"(the log could not be read: {problem.Message})");
        }
    }
}
