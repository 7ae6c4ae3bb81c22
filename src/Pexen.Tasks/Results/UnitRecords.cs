using Pexen.Records;

namespace Pexen.Tasks.Results;

/// <summary>What records say about units.</summary>
internal static class UnitRecords
{
    private static readonly string[] Successes =
    [
        nameof(Outcome.Succeeded), nameof(Outcome.UpToDate), nameof(Outcome.Cached), nameof(Outcome.Resumed), nameof(Outcome.Flaky),
    ];

    /// <summary>Whether it succeeded, in whichever way.</summary>
    public static bool Provided(UnitRecord unit) => Successes.Contains(unit.Outcome);
}
