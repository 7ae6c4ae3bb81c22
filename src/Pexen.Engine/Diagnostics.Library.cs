using Pexen.Model;

namespace Pexen;

/// <summary>What can be said of units of the library.</summary>
internal static partial class Diagnostics
{
    public static Diagnostic UnitAddedTwice(string unit) =>
        Error("PEX1001", $"The scheduler has a unit named {Quote(unit)} already; case does not count. Give one of them another name.", unit);

    public static Diagnostic DelegateThrew(UnitDefinition unit, ExceptionInfo exception) =>
        Failure("PEX3001", unit, $"Unit '{unit.Name}' threw {exception.Type}: {Sentence(exception.Message)}");

    public static Diagnostic DelegateFailedControlled(UnitDefinition unit, ExceptionInfo exception) =>
        Failure("PEX3001", unit, $"Unit '{unit.Name}' failed in a controlled way: {Sentence(exception.Message)}");

    public static Diagnostic DelegateTimedOut(UnitDefinition unit) =>
        Failure("PEX3002", unit, $"Unit '{unit.Name}' was asked to end after its Timeout of {Duration(unit.Timeout!.Value)}.");

    public static Diagnostic DelegateTimedOutInTotal(UnitDefinition unit) =>
        Failure("PEX3002", unit, $"Unit '{unit.Name}' was asked to end after its TotalTimeout of {Duration(unit.Timing.TotalTimeout!.Value)}, which bounds all its attempts.");

    public static Diagnostic UnitFlakyInLibrary(UnitDefinition unit, int attempts, AttemptResult before) =>
        Warning(
            "PEX4003",
            $"Unit '{unit.Name}' is flaky: it succeeded at attempt {Number(attempts)}. Attempt {Number(before.Number)} ended with: {before.Reason ?? before.Outcome.ToString()}.",
            unit.Name);

    public static Diagnostic DelegateAbandoned(UnitDefinition unit) =>
        Failure(
            "PEX3002",
            unit,
            $"Unit '{unit.Name}' was asked to end and did not within its GracePeriod of {Duration(unit.GracePeriod)}. A delegate cannot be killed, so it was "
                + "abandoned: it may still be at work. Let it look at UnitContext.CancellationToken, or make it a process.");

    public static Diagnostic CallbackThrew(string callback, string unit, Exception exception) =>
        Warning("PEX4005", $"{callback} threw {exception.GetType().FullName} when it was told of unit '{unit}': {Sentence(exception.Message)}", unit);

    public static Diagnostic LibraryFinalizersEnded(TimeSpan timeout, int stopped, int notStarted) =>
        Error(
            "PEX3005",
            $"The clean-up after the run was ended after its FinalizerTimeout ({Duration(timeout)}): {Count(stopped, "finalizer")} stopped, {Number(notStarted)} not started. What they clean up may be left.");

    public static Diagnostic LibraryRunTimedOut(TimeSpan timeout, int stopped, int notStarted) =>
        Error("PEX3005", $"The run was ended after its Timeout ({Duration(timeout)}): {Count(stopped, "unit")} stopped, {Number(notStarted)} not started.");

    public static Diagnostic SharedValueNotCarried(UnitDefinition unit, string key, Type type, string why) =>
        Warning(
            "PEX4007",
            $"The shared value {Quote(key)}, of type {type}, cannot be carried to another process: {why}. Unit '{unit.Name}' and others that are processes do not get it; "
                + "share text, a number, or what JSON can hold.",
            unit.Name);

    public static Diagnostic SharedValueWrittenTwice(string unit, string what, string key, string winner, IEnumerable<string> losers) =>
        Warning(
            "PEX4006",
            $"Unit '{unit}' inherits the {what} '{key}' from units that do not come after one another and wrote different values: "
                + $"that of '{winner}' counts, not that of {string.Join(", ", losers.Select(name => $"'{name}'"))}. Let one of them require the other.",
            unit);
}
