using System.Text.Json.Nodes;

namespace Pexen.RecordChecking.Tests;

/// <summary>Runs that tests share.</summary>
internal static class Scenario
{
    /// <summary>A run in which most rules have something to say: dependencies, claims, uses, tokens, a wide unit, a crash that keeps its locks.</summary>
    public static SampleRecord Rich() => new Simulator(
        [
            new("schema") { Claims = ["db"], Duration = 40 },
            new("client") { Uses = [("db", 0)], DependsOn = [("schema", "Requires")], Duration = 30 },
            new("server") { Uses = [("db", 0)], DependsOn = [("schema", "Requires")], Duration = 35 },
            new("train") { Uses = [("gpu", 2)], Duration = 50 },
            new("infer") { Uses = [("gpu", 1)], Duration = 20 },
            new("migrate") { Claims = ["net/ipv4"], Duration = 25, Fate = "Failed", Crashes = true },
            new("report") { DependsOn = [("migrate", "Requires")] },
            new("publish") { DependsOn = [("report", "Requires")] },
            new("probe") { Claims = ["net"], Priority = 2 },
            new("wide") { Slots = 2, Priority = 1, Duration = 15 },
            new("tail") { Priority = 3, DependsOn = [("migrate", "After"), ("client", "Requires")], Duration = 5 },
            new("either") { Priority = 3, DependsOn = [("migrate", "RequiresAny"), ("server", "RequiresAny")], Duration = 5 },
            new("last") { Priority = 4, Claims = ["db"], Duration = 5 },
        ],
        3,
        new() { ["gpu"] = 2 }).Run();

    /// <summary>A resource with two instances, which units have one after the other.</summary>
    public static SampleRecord Named()
    {
        SampleRecord record = new Simulator(
            [
                new("first") { Uses = [("gpu", 1)], Duration = 20 },
                new("second") { Uses = [("gpu", 1)], Duration = 30 },
                new("both") { Uses = [("gpu", 2)], Duration = 10, DependsOn = [("second", "Requires")] },
                new("all") { Claims = ["gpu"], Duration = 10, DependsOn = [("both", "Requires")] },
            ],
            2,
            new() { ["gpu"] = 2 }).Run();
        record.Run["resources"]![0]!["instances"] = new JsonArray("a", "b");
        foreach ((string unit, string[] instances) in new[] { ("first", new[] { "a" }), ("second", ["b"]), ("both", ["a", "b"]), ("all", ["a", "b"]) })
        {
            record.Event("start", unit)["holds"]![0]!["instances"] = new JsonArray([.. instances.Select(instance => (JsonNode)instance)]);
        }

        return record;
    }

    /// <summary>Two failures allowed, two that happen, and units that therefore never start.</summary>
    public static SampleRecord FailFast() => new Simulator(
        [
            new("one") { Duration = 10, Fate = "Failed" },
            new("two") { Duration = 20, Fate = "TimedOut" },
            new("three") { Duration = 5 },
            new("four") { Duration = 50 },
            new("five") { Duration = 30, Priority = 1 },
        ],
        2,
        maxFailures: 2).Run();

    /// <summary>One lock that everybody wants, in turn.</summary>
    public static SampleRecord Queue() => new Simulator(
        [
            new("reader") { Uses = [("db", 0)], Duration = 30 },
            new("writer") { Claims = ["db"], Duration = 10 },
            new("second") { Uses = [("db", 0)], Duration = 10 },
            new("other") { Duration = 10 },
        ],
        2).Run();

    public static SampleRecord Random(int seed, int count = 30, params SimulatedGroup?[] groups)
    {
        var random = new Random(seed);
        var groupsOnly = new Random(seed);
        string[] paths = ["db", "net", "net/ipv4", "net/ipv6", "net/ipv4/tcp", "disk"];
        string[] fates = ["Succeeded", "Succeeded", "Succeeded", "Succeeded", "Succeeded", "Succeeded", "Failed", "ControlledFailure", "TimedOut", "Skipped"];
        List<SimulatedUnit> units = [];
        for (int i = 0; i < count; i++)
        {
            string fate = fates[random.Next(fates.Length)];
            units.Add(new SimulatedUnit($"u{i}")
            {
                Duration = random.Next(1, 50),
                Priority = random.Next(3),
                Group = groups.Length == 0 ? null : groups[groupsOnly.Next(groups.Length)],
                Slots = random.Next(8) == 0 ? random.Next(1, 6) : 1,
                Claims = random.Next(3) == 0 ? [paths[random.Next(paths.Length)]] : [],
                Uses = random.Next(3) == 0 ? [("gpu", random.Next(1, 4))] : random.Next(3) == 0 ? [("disk/part", 0), ("gpu", 1)] : [],
                Fate = fate,
                Crashes = fate == "Failed" && random.Next(3) == 0,
                Tolerated = fate == "Failed" && random.Next(3) == 0,
                DependsOn = i == 0 ? [] : [.. Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(i)).Distinct()
                    .Select(other => ($"u{other}", random.Next(5) switch { 0 => "After", 1 => "RequiresAny", _ => "Requires" }))],
            });
        }

        return new Simulator(units, random.Next(1, 6), new() { ["gpu"] = 3 }, random.Next(4) == 0 ? 2 : null).Run(random.Next(5) == 0 ? 60 : null);
    }
}
