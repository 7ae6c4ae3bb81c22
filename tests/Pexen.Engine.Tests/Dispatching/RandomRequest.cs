using System.Collections.Immutable;
using Pexen.Execution;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>Runs that are a function of a seed, with everything a unit can ask for, planned by the real planner.</summary>
internal static class RandomRequest
{
    private static readonly string[] Paths = ["a", "a/b", "a/b/c", "a/d", "e", "f", "g", "g/x"];

    public static RunRequest Create(Random random, string folder)
    {
        int count = random.Next(1, 26);
        int crowding = random.Next(0, 4);
        int edges = random.Next(0, 4);
        ImmutableArray<ResourceDefinition> resources = [.. Paths.Select(path => Resource(random, path))];
        ImmutableArray<UnitDefinition> units = [.. Enumerable.Range(0, count).Select(index => Unit(random, index, folder, resources, crowding, edges))];
        ImmutableArray<GroupDefinition> groups = [.. Enumerable.Range(0, random.Next(2) * random.Next(4)).Select(index => Group(random, index))];
        units = [.. units.Select(unit => groups.IsEmpty || random.Next(3) == 0 ? unit : unit with { Group = groups[random.Next(groups.Length)].Name })];
        int slots = random.Next(1, 6);
        PlanResult planned = Planner.Plan(new PlanRequest
        {
            Units = units,
            Resources = resources,
            Groups = groups,
            Run = new PhaseRun(Phases.AfterBuild, RunPer.Project),
            ProjectDirectory = folder,
            MaxParallel = slots,
        });
        bool bound = random.Next(4) == 0;
        return new RunRequest
        {
            RunId = $"20261121T101500Z-{random.Next(0x10000):x4}",
            BuildId = "build",
            ProjectFile = Path.Combine(folder, "app.csproj"),
            ProjectName = "app.csproj",
            Phase = Phases.AfterBuild,
            Folder = Path.Combine(folder, "pexen"),
            MaxParallel = slots,
            FailurePolicy = random.Next(4) == 0 ? FailurePolicy.FailFast : FailurePolicy.KeepGoing,
            MaxFailures = random.Next(1, 4),
            Timeout = random.Next(8) == 0 ? TimeSpan.FromSeconds(random.Next(1, 20)) : null,
            Affinity = bound ? Affinity.Core : Affinity.None,
            SlotProcessors = bound ? [.. Enumerable.Range(0, groups.Select(group => group.MaxParallel ?? 0).Append(slots).Max()).Select(slot => new[] { slot, slot + 100 })] : [],
            MemoryLimit = random.Next(3) == 0 ? 900_000_000 : null,
            Plan = planned.Plan ?? throw new AssertFailedException(string.Join('\n', planned.Diagnostics)),
            Diagnostics = planned.Diagnostics,
        };
    }

    /// <summary>Of the two that are counted one has instances, and one of those is named as well.</summary>
    private static ResourceDefinition Resource(Random random, string path)
    {
        int? capacity = path is "f" or "g" ? random.Next(1, 4) : null;
        return new ResourceDefinition(path, capacity) { Instances = path == "g" ? [.. new[] { "x", "y", "z" }.Take(capacity!.Value)] : [] };
    }

    private static UnitDefinition Unit(Random random, int index, string folder, ImmutableArray<ResourceDefinition> resources, int crowding, int edges)
    {
        (ImmutableArray<string> claims, ImmutableArray<ResourceUse> uses) = Holds(random, random.Next(crowding + 1), resources);
        return new UnitDefinition
        {
            Name = $"unit{index}",
            WorkingDirectory = folder,
            Work = random.Next(6) switch
            {
                0 => new MilestoneWork(),
                1 => new CommandWork("true"),
                _ => new ExecutableWork("true", []),
            },

            // A capability belongs to a block of five, and only later blocks require it: no cycles.
            Provides = [new Capability($"unit{index}", null), new Capability($"block{index / 5}", null)],
            Requires = [.. Earlier(random, index, random.Next(edges + 1)), .. index >= 5 && random.Next(8) == 0 ? [Named($"block{random.Next(index / 5)}")] : Array.Empty<Requirement>()],
            RequiresAny = index > 1 && random.Next(5) == 0 ? [new RequirementChoice([.. Earlier(random, index, random.Next(1, 4))])] : [],
            After = [.. Earlier(random, index, random.Next(6) == 0 ? 2 : 0)],
            Priority = random.Next(4) == 0 ? random.Next(-2, 3) : 0,
            Claims = claims,
            Uses = uses,
            Slots = random.Next(5) == 0 ? random.Next(1, 5) : 1,
            Timeout = random.Next(6) == 0 ? TimeSpan.FromMilliseconds(random.Next(1, 3000)) : null,
            Timing = random.Next(3) == 0 ? Timing(random) : Model.Timing.Default,
            Limits = random.Next(4) == 0 ? new Limits { Memory = random.Next(2) == 0 ? 1_000_000_000 : null, Preemptible = random.Next(3) > 0, Category = random.Next(2) == 0 ? "c" : null, Size = random.Next(4) } : Limits.Default,
            GracePeriod = TimeSpan.FromMilliseconds(random.Next(0, 2000)),
            SkipExitCodes = new ExitCodes([new ExitCodeRange(3, 3)]),
            ControlledExitCodes = new ExitCodes([new ExitCodeRange(4, 4)]),
            OnFailure = random.Next(4) == 0 ? (Aftermath)random.Next(4) : Aftermath.ReleaseLocks,
            OnCrash = random.Next(4) == 0 ? (Aftermath)random.Next(4) : Aftermath.None,
            ContinueOnError = random.Next(5) == 0 ? (FailureTolerance)random.Next(3) : FailureTolerance.ErrorAndStop,
            Outputs = random.Next(15) == 0 ? [$"never-made-{index}.txt"] : [],
        };
    }

    private static GroupDefinition Group(Random random, int index) =>
        new($"group{index}", random.Next(3) == 0 ? random.Next(1, 4) : null, random.Next(4) == 0, index > 0 && random.Next(2) == 0 ? $"group{random.Next(index)}" : null)
        {
            Timeout = random.Next(4) == 0 ? TimeSpan.FromMilliseconds(random.Next(1, 8000)) : null,
            Hooks = new GroupHooks(Hook(random), Hook(random), Hook(random)),
        };

    private static string? Hook(Random random) => random.Next(2) == 0 ? "true" : null;

    private static Timing Timing(Random random) => new()
    {
        IdleTimeout = random.Next(4) == 0 ? TimeSpan.FromMilliseconds(random.Next(1, 1500)) : null,
        TotalTimeout = random.Next(4) == 0 ? TimeSpan.FromMilliseconds(random.Next(1, 6000)) : null,
        SlowAfter = random.Next(2) == 0 ? TimeSpan.FromMilliseconds(random.Next(1, 1500)) : null,
        StartDelay = TimeSpan.FromMilliseconds(random.Next(3) == 0 ? random.Next(4000) : 0),
        OnTimeout = (TimeoutMeaning)random.Next(2),
        Retries = random.Next(4),
        RetryDelay = TimeSpan.FromMilliseconds(random.Next(3) == 0 ? 0 : random.Next(3000)),
        RetryBackoff = random.Next(1, 3),
        RetryOn = (RetryCauses)random.Next(64),
        RetryOnExitCodes = random.Next(3) == 0 ? new ExitCodes([new ExitCodeRange(4, 5)]) : ExitCodes.None,
    };

    private static IEnumerable<Requirement> Earlier(Random random, int index, int count) =>
        index == 0 ? [] : Enumerable.Range(0, count).Select(_ => random.Next(index)).Distinct().Select(other => Named($"unit{other}")).ToArray();

    private static Requirement Named(string name) => new(name, null, name);

    private static (ImmutableArray<string> Claims, ImmutableArray<ResourceUse> Uses) Holds(Random random, int count, ImmutableArray<ResourceDefinition> resources)
    {
        List<string> claims = [];
        List<ResourceUse> uses = [];
        for (; count > 0; count--)
        {
            ResourceDefinition resource = resources[random.Next(resources.Length)];
            if (claims.Concat(uses.Select(use => use.Resource)).Any(held => Related(held, resource.Name)))
            {
                continue;
            }

            if (random.Next(2) == 0)
            {
                claims.Add(resource.Name);
            }
            else
            {
                uses.Add(new ResourceUse(resource.Name, resource.Capacity is int capacity ? random.Next(1, capacity + 1) : 1));
            }
        }

        return ([.. claims], [.. uses]);
    }

    private static bool Related(string one, string other) =>
        $"{one}/".StartsWith($"{other}/", StringComparison.Ordinal) || $"{other}/".StartsWith($"{one}/", StringComparison.Ordinal);
}
