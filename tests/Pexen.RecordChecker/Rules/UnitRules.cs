using Pexen.RecordChecking.Input;
using Pexen.RecordChecking.Replay;

namespace Pexen.RecordChecking.Rules;

/// <summary>What must be true of the units of run.json before any event is looked at.</summary>
internal static class UnitRules
{
    private static readonly string[] Outcomes =
    [
        "Succeeded", "UpToDate", "Cached", "Resumed", "Flaky", "Failed", "ControlledFailure", "TimedOut", "Skipped", "NotNeeded", "Cancelled",
    ];

    public static void Check(CheckedRun run)
    {
        if (run.File.Schema != 1)
        {
            run.Complaints.Add(Rule.Format, $"schema {run.File.Schema} is not known, only 1 is");
        }

        if (run.File.MaxParallel < 1)
        {
            run.Complaints.Add(Rule.Slots, $"maxParallel is {run.File.MaxParallel}");
        }

        var providers = ProvidersByName(run);
        for (int i = 0; i < run.Units.Count; i++)
        {
            Check(run.Units[i], i, run, providers);
        }
    }

    private static void Check(UnitTrace unit, int place, CheckedRun run, Dictionary<string, List<UnitTrace>> providers)
    {
        UnitEntry entry = unit.Entry;
        if (entry.Index != place)
        {
            run.Complaints.Add(Rule.Completeness, $"index {entry.Index} at place {place}: a unit is missing, or one is too many", unit.Name);
        }

        if (!Outcomes.Contains(entry.Outcome))
        {
            run.Complaints.Add(Rule.Completeness, $"'{entry.Outcome}' is no outcome", unit.Name);
        }

        if (entry.Slots < 1)
        {
            run.Complaints.Add(Rule.Slots, $"it occupies {entry.Slots} slots", unit.Name);
        }

        HashSet<UnitTrace> waitedFor = [];
        foreach (DependsOnEntry edge in entry.DependsOn)
        {
            if (run.Find(edge.Unit) is not { } provider)
            {
                run.Complaints.Add(Rule.Completeness, $"it depends on '{edge.Unit}', which run.json does not have", unit.Name);
            }
            else if (edge.Kind != "After")
            {
                waitedFor.Add(provider);
            }
        }

        CheckRequirements(unit, run, providers, waitedFor);
    }

    /// <summary>A requirement without a range is met by every provider of the name, so all of them must be among what it depends on.</summary>
    private static void CheckRequirements(UnitTrace unit, CheckedRun run, Dictionary<string, List<UnitTrace>> providers, HashSet<UnitTrace> waitedFor)
    {
        foreach (string requirement in unit.Entry.Requires)
        {
            foreach (UnitTrace provider in providers.GetValueOrDefault(requirement) ?? [])
            {
                // Who was skipped or cancelled before a unit was added does not wait for that.
                bool tooLate = provider.Entry.AddedBy is not null && unit.Entry.StartedAt is null;
                if (provider != unit && !tooLate && !waitedFor.Contains(provider))
                {
                    run.Complaints.Add(Rule.Order, $"it requires '{requirement}', which '{provider.Name}' provides, but does not depend on it", unit.Name);
                }
            }
        }
    }

    private static Dictionary<string, List<UnitTrace>> ProvidersByName(CheckedRun run)
    {
        Dictionary<string, List<UnitTrace>> providers = new(StringComparer.OrdinalIgnoreCase);
        foreach (UnitTrace unit in run.Units)
        {
            foreach (string name in unit.Entry.Provides.Select(text => text.Split(' ')[0]).Append(unit.Name).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (!providers.TryGetValue(name, out List<UnitTrace>? list))
                {
                    providers.Add(name, list = []);
                }

                list.Add(unit);
            }
        }

        return providers;
    }
}
