using System.Globalization;
using Pexen.Execution;
using Pexen.Model;
using Pexen.Records;

namespace Pexen;

/// <summary>What can be said of attempts that are not the last, are silent, or take long.</summary>
internal static partial class Diagnostics
{
    public static Diagnostic UnitIdle(UnitDefinition unit, string? log) =>
        Failure(
            "PEX3004",
            unit,
            $"Unit '{unit.Name}' was stopped, for it had written nothing during its IdleTimeout of {Duration(unit.Timing.IdleTimeout!.Value)}.{See(log)}{Hint(unit)}");

    /// <summary>The failure of an attempt that is followed by another is told, and is no error.</summary>
    public static Diagnostic UnitTriedAgain(Diagnostic failure, int attempt, int most, TimeSpan delay) => failure with
    {
        Severity = Severity.Message,
        Message = $"{failure.Message} This was attempt {Number(attempt)} of {Number(most)}; the next follows {(delay > TimeSpan.Zero ? $"in {Duration(delay)}" : "at once")}.",
    };

    public static Diagnostic UnitFlaky(UnitDefinition unit, int attempt, AttemptRecord before) =>
        Warning(
            "PEX4003",
            $"Unit '{unit.Name}' is flaky: it succeeded at attempt {Number(attempt)}. Attempt {Number(attempt - 1)} ended with {Ended(before)}.{(before.Log is string log ? $" Its output: {log}, beside the record." : "")}",
            unit.Name,
            unit.Source);

    /// <param name="unit">Which.</param>
    /// <param name="since">The start of its attempt.</param>
    /// <param name="time">How long ago that is.</param>
    /// <param name="lastLine">Of its output, or null.</param>
    /// <param name="activity">What it does, or null.</param>
    /// <param name="waiting">Who waits for it.</param>
    public static Diagnostic UnitSlow(
        UnitDefinition unit, DateTimeOffset since, TimeSpan time, string? lastLine, AttemptActivity? activity, IReadOnlyList<string> waiting)
    {
        string[] held = [.. unit.Claims.Select(claim => $"'{claim}'"), .. unit.Uses.Select(use => $"'{use}'")];
        string silent = activity is { Silent: { TotalSeconds: >= 1 } span } ? $" (written {Duration(TimeSpan.FromSeconds(Math.Floor(span.TotalSeconds)))} ago)" : "";
        string[] parts =
        [
            string.Create(CultureInfo.InvariantCulture, $"Unit '{unit.Name}' still runs, since {since:HH:mm:ss}Z ({Duration(TimeSpan.FromSeconds(Math.Round(time.TotalSeconds, time.TotalSeconds < 10 ? 1 : 0)))})."),
            activity is { Processes.IsEmpty: false } ? $"Processes, with their processor time: {Names(activity.Processes)}." : "",
            held.Length == 0 ? "" : $"It holds {Names(held)}.",
            waiting.Count == 0 ? "" : $"For it {(waiting.Count == 1 ? "waits" : "wait")} {Names(waiting)}.",

            // At the end, for nobody knows how it ends. A delegate of the library has no output.
            unit.Work is MilestoneWork ? "" : lastLine is null ? "It has written nothing." : $"Last line{silent}: {lastLine}",
        ];
        return Message("PEX4005", string.Join(' ', parts.Where(part => part.Length > 0)), unit.Name, unit.Source);
    }

    private static string Ended(AttemptRecord attempt) => attempt switch
    {
        { Outcome: nameof(Outcome.TimedOut) } => "a timeout",
        { Signal: int signal } => $"signal {Number(signal)}{SignalName(signal)}",
        { ExitCode: int code and not 0 } => $"exit code {Number(code)}",
        _ => "a failure",
    };
}
