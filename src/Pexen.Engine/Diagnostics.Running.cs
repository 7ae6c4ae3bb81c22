using System.Globalization;
using Pexen.Model;

namespace Pexen;

/// <summary>What can be said of a run: PEX3xxx, errors unless the unit tolerates its failure, and PEX4xxx, warnings.</summary>
internal static partial class Diagnostics
{
    private const int NamesShown = 10;

    public static Diagnostic UnitFailed(UnitDefinition unit, int exitCode, string? log) =>
        Failure("PEX3001", unit, $"Unit '{unit.Name}' failed with exit code {Number(exitCode)}.{See(log)}{Hint(unit)}");

    public static Diagnostic UnitFailedControlled(UnitDefinition unit, int exitCode, string? log) =>
        Failure(
            "PEX3001",
            unit,
            $"Unit '{unit.Name}' failed with exit code {Number(exitCode)}, one of its ControlledExitCodes: it left things in order.{See(log)}{Hint(unit)}");

    /// <summary>The same with the last line that the unit wrote.</summary>
    public static Diagnostic EndedWith(Diagnostic failure, string lastLine) =>
        failure with { Message = $"{failure.Message} Last line: {lastLine}" };

    public static Diagnostic UnitTimedOut(UnitDefinition unit, string? log) =>
        Failure("PEX3002", unit, $"Unit '{unit.Name}' was stopped after its Timeout of {Duration(unit.Timeout!.Value)}.{See(log)}{Hint(unit)}");

    public static Diagnostic ServiceNotReady(UnitDefinition unit, string? log) =>
        Failure(
            "PEX3002",
            unit,
            $"Service '{unit.Name}' was stopped because it was not ready (ReadyWhen=\"{unit.Service}\") within its ReadyTimeout of {Duration(unit.Service!.ReadyTimeout!.Value)}.{See(log)}{Hint(unit)}");

    public static Diagnostic ServiceEnded(UnitDefinition unit, bool wasReady, string? log) =>
        Failure(
            "PEX3001",
            unit,
            $"Service '{unit.Name}' ended by itself {(wasReady ? "while units needed it" : $"before it was ready (ReadyWhen=\"{unit.Service}\")")}. A service stays in the foreground until it is stopped: "
                + $"start it so that it does not become a daemon.{See(log)}{Hint(unit)}");

    /// <param name="timeout">What has passed; null: somebody asked again for the end of the run.</param>
    /// <param name="stopped">Finalizers that ran.</param>
    /// <param name="notStarted">Finalizers that did not run.</param>
    public static Diagnostic FinalizersEnded(TimeSpan? timeout, int stopped, int notStarted) =>
        Error(
            timeout is null ? "PEX3009" : "PEX3005",
            $"The clean-up after the run was ended {(timeout is TimeSpan time ? $"after PexenFinalizerTimeout ({Duration(time)})" : "as the end of the run was asked for again")}: "
                + $"{Count(stopped, "finalizer")} stopped, {Number(notStarted)} not started. What they clean up may be left.");

    /// <summary>Services and their users wait for each other, which no plan shows.</summary>
    public static Diagnostic Standstill(UnitDefinition unit, UnitDefinition? holder, string? resource) =>
        Failure(
            "PEX1012",
            unit,
            $"Unit '{unit.Name}' was not started: it needs {(resource is null ? "what others hold" : $"'{resource}'")}, which {(holder is null ? "a service" : $"'{holder.Name}'")} holds while it is up, and that is up for units "
                + "that wait for this one, so that nothing could ever go on. Let the service hold less, or let the unit run before the service is needed.");

    public static Diagnostic UnitTimedOutInTotal(UnitDefinition unit, string? log) =>
        Failure("PEX3002", unit, $"Unit '{unit.Name}' was stopped after its TotalTimeout of {Duration(unit.Timing.TotalTimeout!.Value)}, which bounds all its attempts.{See(log)}{Hint(unit)}");

    public static Diagnostic UnitNotStarted(UnitDefinition unit, string why) =>
        Failure("PEX3003", unit, $"Unit '{unit.Name}' could not be started: {Sentence(why)}{Hint(unit)}");

    public static Diagnostic RunTimedOut(TimeSpan timeout, int stopped, int notStarted) =>
        Error(
            "PEX3005",
            $"The run was ended after PexenTimeout ({Duration(timeout)}): {Count(stopped, "unit")} stopped, {Number(notStarted)} not started. Raise PexenTimeout, or look in the record for what took so long.");

    public static Diagnostic OutputMissing(UnitDefinition unit, IReadOnlyList<string> missing, string? log) =>
        Failure(
            "PEX3006",
            unit,
            $"Unit '{unit.Name}' ended well but did not make {(missing.Count == 1 ? "the output it declares" : "outputs it declares")}: {Names(missing)}.{See(log)}{Hint(unit)}");

    public static Diagnostic OutputUnreadable(UnitDefinition unit, string why) =>
        Failure("PEX3006", unit, $"An output of unit '{unit.Name}' cannot be read: {Sentence(why)}");

    public static Diagnostic UnitSignalled(UnitDefinition unit, int signal, string? log) =>
        Failure("PEX3008", unit, $"Unit '{unit.Name}' was ended by signal {Number(signal)}{SignalName(signal)}.{See(log)}{Hint(unit)}");

    public static Diagnostic UnitSignalledBehindShell(UnitDefinition unit, int exitCode, int signal, string? log) =>
        Failure(
            "PEX3008",
            unit,
            $"In unit '{unit.Name}' a program was ended by signal {Number(signal)}{SignalName(signal)}; its shell says so with exit code {Number(exitCode)}. If that code has another meaning here, list it in SuccessExitCodes or ControlledExitCodes.{See(log)}{Hint(unit)}");

    public static Diagnostic UnitCrashedOnWindows(UnitDefinition unit, int exitCode, string? log) =>
        Failure("PEX3008", unit, $"Unit '{unit.Name}' crashed with exit code 0x{exitCode:X8}.{See(log)}{Hint(unit)}");

    public static Diagnostic RunCancelled(string why, int stopped, int notStarted) =>
        Error("PEX3009", $"The run was ended by {why}: {Count(stopped, "unit")} stopped, {Number(notStarted)} not started.");

    public static Diagnostic RunInterrupted(string runId, int lost, IReadOnlyList<string> killed) =>
        Warning(
            "PEX3009",
            $"Run {runId} was interrupted: its supervisor was lost, and {Count(lost, "unit")} had not ended. Its record has been completed."
                + (killed.Count == 0 ? "" : $" Processes it had left behind were ended: {Names(killed)}."));

    public static Diagnostic UnitOutputNotWritten(UnitDefinition unit, string why) =>
        Failure("PEX3011", unit, $"The output of unit '{unit.Name}' could not be written, so the unit was stopped: {Sentence(why)}");

    public static Diagnostic RecordNotWritten(string file, string why) =>
        Error("PEX3011", $"'{file}' cannot be written: {Sentence(why)} The run goes on; what cannot be written is missing from its record.");

    public static Diagnostic RunFolderNotMade(string folder, string why) =>
        Error("PEX3011", $"The run cannot begin, for its folder '{folder}' cannot be prepared: {Sentence(why)}");

    public static Diagnostic SupervisorNotStarted(string command, string why) =>
        Error("PEX3012", $"The supervisor could not be started by '{command}': {Sentence(why)} Check that the .NET SDK that runs this build is complete.");

    public static Diagnostic SupervisorLost(string how, string said) =>
        Error("PEX3012", $"The supervisor of the run was lost: {Sentence(how)}" + (said.Length == 0 ? "" : $" It said: {said}"));

    public static Diagnostic SupervisorRefused(string why) => Error("PEX3012", $"The supervisor refused the run: {Sentence(why)}");

    public static Diagnostic SupervisorBroken(Exception exception) =>
        Error("PEX3012", $"The supervisor failed, which is a fault of Pexen.Build itself: {exception}");

    public static Diagnostic UnitsSkipped(IReadOnlyList<UnitDefinition> units, string cause, bool tolerable)
    {
        string message = $"{(units.Count == 1 ? "1 unit was" : $"{Number(units.Count)} units were")} skipped because {cause}: {Names([.. units.Select(one => one.Name)])}.";
        UnitDefinition? unit = units.Count == 1 ? units[0] : null;
        return tolerable ? Message("PEX4001", message, unit?.Name, unit?.Source) : Warning("PEX4001", message, unit?.Name, unit?.Source);
    }

    /// <param name="units">Which.</param>
    /// <param name="cause">Completes "was stopped because …".</param>
    public static Diagnostic UnitsStopped(IReadOnlyList<UnitDefinition> units, string cause) =>
        Warning(
            "PEX4001",
            $"{(units.Count == 1 ? "1 unit was" : $"{Number(units.Count)} units were")} stopped because {cause}: {Names([.. units.Select(one => one.Name)])}.",
            units.Count == 1 ? units[0].Name : null,
            units.Count == 1 ? units[0].Source : null);

    /// <param name="unit">Which.</param>
    /// <param name="resources">What it held.</param>
    /// <param name="ended">How it ended, as a part of a sentence.</param>
    /// <param name="metadata">What decided that it holds on, and would decide otherwise.</param>
    /// <param name="aftermath">The value of that.</param>
    public static Diagnostic ResourcesHeld(UnitDefinition unit, IReadOnlyList<string> resources, string ended, string metadata, Aftermath aftermath) =>
        Warning(
            "PEX4002",
            $"Unit '{unit.Name}' {ended} and held {Names(resources)} until the end of the run, for its {metadata} is {aftermath} and nobody knows the state that "
                + $"{(resources.Count == 1 ? "it is" : "they are")} in. If that is harmless, set {metadata}=\"ReleaseLocks{(aftermath.HasFlag(Aftermath.Provide) ? ";Provide" : "")}\".",
            unit.Name,
            unit.Source);

    public static Diagnostic ProcessesLeftBehind(UnitDefinition unit, IReadOnlyList<string> processes) =>
        Warning("PEX4004", $"Unit '{unit.Name}' ended but left processes behind, which were ended: {Names(processes)}.", unit.Name, unit.Source);

    public static Diagnostic StrangersLeftBehind(IReadOnlyList<string> processes) =>
        Warning("PEX4004", $"The run left processes behind, which were ended: {Names(processes)}.");

    public static Diagnostic LogCut(UnitDefinition unit, long written, long leftOut) =>
        Warning(
            "PEX4008",
            $"Unit '{unit.Name}' wrote {Number(written)} bytes; {Number(leftOut)} of them are left out of its log. Raise {(unit.LogLimit is null ? "PexenLogLimit" : "its LogLimit")} to keep more.",
            unit.Name,
            unit.Source);

    public static Diagnostic ResourcesDisagree(string resource, string here, string project, string there, string otherProject) =>
        Error("PEX1015", $"Resource '{resource}' has {here} in {project}, but {there} in {otherProject}. Declare it once, in a file that both import.");

    private static Diagnostic Failure(string code, UnitDefinition unit, string message) =>
        unit.ContinueOnError == FailureTolerance.WarnAndContinue
            ? Warning(code, message, unit.Name, unit.Source)
            : Error(code, message, unit.Name, unit.Source);

    private static string See(string? log) => log is null ? " It wrote nothing." : $" Its output: {log}";

    private static string Hint(UnitDefinition unit) => unit.FailureHint is null ? "" : $" Hint: {unit.FailureHint}";

    private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{Number(number)} {what}s";

    private static string Names(IReadOnlyList<string> names) =>
        names.Count <= NamesShown
            ? string.Join(", ", names)
            : $"{string.Join(", ", names.Take(NamesShown))} and {Number(names.Count - NamesShown)} more";

    private static string Duration(TimeSpan time)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        return time.TotalSeconds < 1 ? string.Create(culture, $"{time.TotalMilliseconds:0.###}ms")
            : time.TotalMinutes < 2 ? string.Create(culture, $"{time.TotalSeconds:0.###}s")
            : time.TotalHours < 2 ? string.Create(culture, $"{time.TotalMinutes:0.##}m")
            : string.Create(culture, $"{time.TotalHours:0.##}h");
    }

    /// <summary>The usual names; the numbers are those of Linux.</summary>
    private static string SignalName(int signal) => signal switch
    {
        1 => " (SIGHUP)",
        2 => " (SIGINT)",
        3 => " (SIGQUIT)",
        4 => " (SIGILL)",
        6 => " (SIGABRT)",
        7 => " (SIGBUS)",
        8 => " (SIGFPE)",
        9 => " (SIGKILL)",
        11 => " (SIGSEGV)",
        13 => " (SIGPIPE)",
        15 => " (SIGTERM)",
        _ => "",
    };
}
