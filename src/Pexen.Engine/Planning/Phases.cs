using Pexen.Model;

namespace Pexen.Planning;

/// <summary>The phases there are and which of them see the results of which (contract 2.6).</summary>
internal static class Phases
{
    public const string BeforeBuild = "BeforeBuild";
    public const string AfterBuild = "AfterBuild";
    public const string BeforeTest = "BeforeTest";

    /// <summary>The phases that a build step brings; any other name is the user's own.</summary>
    public static IReadOnlyList<string> Standard { get; } =
        [BeforeBuild, AfterBuild, BeforeTest, "AfterTest", "BeforePack", "AfterPack", "BeforePublish", "AfterPublish"];

    /// <summary>The runs whose records may meet a requirement of <paramref name="run"/>, the nearest first.</summary>
    public static IReadOnlyList<PhaseRun> SeenBy(PhaseRun run)
    {
        List<PhaseRun> seen = [];
        if (run.RunPer == RunPer.TargetFramework && IsStandard(run.Phase) && IsBefore(run.Phase))
        {
            // Before a step the project's own units run first, then those of each target framework; after it it is the other way round.
            seen.Add(run with { RunPer = RunPer.Project });
        }

        foreach (string phase in PhasesBefore(run.Phase))
        {
            if (run.RunPer == RunPer.TargetFramework)
            {
                seen.Add(new PhaseRun(phase, RunPer.TargetFramework));
            }

            seen.Add(new PhaseRun(phase, RunPer.Project));
        }

        return seen;
    }

    /// <summary>No run sees one whose place is higher.</summary>
    public static int Place(PhaseRun run)
    {
        int phase = 0;
        while (phase < Standard.Count && !Standard[phase].Equals(run.Phase, StringComparison.OrdinalIgnoreCase))
        {
            phase++;
        }

        return (2 * phase) + (run.RunPer == RunPer.TargetFramework ? 1 : 0);
    }

    /// <summary>The name as we write it where it is a standard one, else as it is.</summary>
    public static string Canonical(string name) =>
        Standard.FirstOrDefault(phase => phase.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name;

    public static bool IsStandard(string phase) => Standard.Contains(phase, StringComparer.OrdinalIgnoreCase);

    /// <summary>False when the text of a declaration says plainly that the unit is not of this run; true also for text that has to be read first.</summary>
    public static bool MayAsk(UnitDeclaration unit, PhaseRun run)
    {
        string runPer = unit.Metadata.GetValueOrDefault("RunPer", "").Trim();
        bool otherKind = runPer.Length == 0 || runPer.Equals("Project", StringComparison.OrdinalIgnoreCase)
            ? run.RunPer != RunPer.Project
            : runPer.Equals("TargetFramework", StringComparison.OrdinalIgnoreCase) && run.RunPer != RunPer.TargetFramework;
        string text = unit.Metadata.GetValueOrDefault("Phase", "").Trim();
        if (text.Length == 0)
        {
            return !otherKind && run.Phase.Equals(AfterBuild, StringComparison.OrdinalIgnoreCase);
        }

        string[] phases = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Array.Exists(phases, phase => !IsStandard(phase) || (!otherKind && phase.Equals(run.Phase, StringComparison.OrdinalIgnoreCase)));
    }

    private static bool IsBefore(string phase) => phase.StartsWith("Before", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> PhasesBefore(string phase)
    {
        int index = Standard.ToList().FindIndex(name => name.Equals(phase, StringComparison.OrdinalIgnoreCase));
        return index switch
        {
            < 0 => Standard.Reverse(),
            0 => [],
            1 => [BeforeBuild],
            _ when IsBefore(phase) => [AfterBuild, BeforeBuild],
            _ => [Standard[index - 1], AfterBuild, BeforeBuild],
        };
    }
}
