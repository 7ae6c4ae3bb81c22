using System.Globalization;
using System.Text;
using Pexen.Execution;
using Pexen.Execution.Dispatching;
using Pexen.Execution.Local;
using Pexen.Model;
using Pexen.Records;

namespace Pexen.Library;

/// <summary>Units that are processes. A run without any has no lane, no folder and no environment.</summary>
internal sealed partial class UnitsRun
{
    private const int OutputShown = 64 << 10;

    private readonly LogFileNames _logNames = new();
    private readonly Dictionary<int, UnitAttempt> _processes = [];
    private readonly Dictionary<int, string> _logs = [];
    private readonly string _runId = Guid.NewGuid().ToString("N");
    private ChildEnvironment? _environment;
    private ProcessLane? _lane;
    private string? _folder;

    /// <summary>Before anything starts, so that a folder that cannot be made is told to whoever begins the run.</summary>
    private void PrepareProcesses()
    {
        _environment ??= ChildEnvironment.OfThisProcess();
        _folder ??= MakeFolder();
    }

    /// <summary>Under the lock. What can go wrong with a process is told by its end, later.</summary>
    private void StartProcess(UnitAttempt attempt)
    {
        _lane ??= new ProcessLane(EndProcess, CloseProcesses, Break);
        _processes[attempt.Index] = attempt;
        _logs[attempt.Index] = Path.Combine(_folder!, _logNames.Next(attempt.Unit.Name));
        var identity = new AttemptIdentity(
            attempt.Unit.Name, _runId, 1, attempt.Definition.WorkingDirectory, attempt.Slot, attempt.Slots);
        _lane.Start(new Launch
        {
            Unit = attempt.Index,
            Name = attempt.Unit.Name,
            Work = attempt.Definition.Work,
            ProjectDirectory = attempt.Definition.WorkingDirectory,
            WorkingDirectory = attempt.Definition.WorkingDirectory,
            Environment = _environment!.For(identity, attempt.Definition.Environment, VariablesOf(attempt)),
            Log = _logs[attempt.Index],
            LogLimit = 1_000_000_000,
            GracePeriod = attempt.Definition.GracePeriod,
        });
    }

    /// <summary>On the thread of the lane, which goes back to its processes at once.</summary>
    private void EndProcess(AttemptEnd end)
    {
        UnitAttempt? attempt;
        string? log;
        lock (_gate)
        {
            _processes.Remove(end.Unit, out attempt);
            log = _logs.GetValueOrDefault(end.Unit);
            if (attempt is not null && end.Survivors.Length > 0)
            {
                _notes.Add(Diagnostics.ProcessesLeftBehind(attempt.Definition, end.Survivors));
            }
        }

        if (attempt is not null)
        {
            end = WithSignal(attempt.Definition, end);
            HandToPool(End(attempt, new UnitEnd(null, null, end, end.OutputBytes > 0 ? ReadEnd(log!) : "")));
        }
    }

    /// <summary>The portable executor tells an end by a signal as 128 and its number, as shells do; so what rule 17 says of shells holds for all here.</summary>
    private static AttemptEnd WithSignal(UnitDefinition unit, AttemptEnd end)
    {
        bool hidden = !OperatingSystem.IsWindows() && !end.Stopped && end.ExitCode is int code && AttemptJudge.IsHiddenSignal(code)
            && !unit.SuccessExitCodes.Contains(code) && !unit.SkipExitCodes.Contains(code) && !unit.ControlledExitCodes.Contains(code);
        return hidden ? end with { ExitCode = null, Signal = end.ExitCode - 128 } : end;
    }

    /// <summary>On the thread of the lane: all processes have ended.</summary>
    private void CloseProcesses()
    {
        if (_options.LogFolder is null)
        {
            try
            {
                Directory.Delete(_folder!, recursive: true);
            }
            catch (IOException)
            {
                // A temporary folder that somebody looks into: nobody is hurt.
            }
        }

        Close();
    }

    private string MakeFolder()
    {
        string folder = _options.LogFolder is null
            ? Directory.CreateTempSubdirectory("pexen-").FullName
            : Path.GetFullPath(_options.LogFolder);
        Directory.CreateDirectory(folder);
        return folder;
    }

    private string? LogOf(UnitAttempt attempt) => _options.LogFolder is null ? null : _logs.GetValueOrDefault(attempt.Index);

    /// <summary>What a message names as the place to look.</summary>
    private string? LogText(UnitAttempt attempt, in UnitEnd end) =>
        end.Process is not { OutputBytes: > 0 } ? null : LogOf(attempt) ?? "UnitResult.Output";

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
