using System.Globalization;
using Pexen.Execution;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Benchmarks.Soak;

/// <summary>A run of real processes of mixed kinds, a function of a seed, planned by the real planner.</summary>
internal static class SoakRequest
{
    private const int Services = 4;
    private const int Finalizers = 8;

    /// <summary>Units in each of the groups that have a life of their own, and how far these are apart.</summary>
    private const int BurstLength = 8;
    private const int BurstEvery = 300;

    private static readonly string[] Paths = ["a", "a/b", "a/c", "d", "e", "gpu"];

    public static RunRequest Create(int seed, string folder, int units, int width)
    {
        var random = new Random(seed);
        string project = Directory.CreateDirectory(Path.Combine(folder, "project")).FullName;
        PlanResult planned = Planner.Plan(new PlanRequest
        {
            Units =
            [
                .. Enumerable.Range(0, Services).Select(index => Service(index, project)),
                .. Enumerable.Range(0, units).Select(index => Unit(random, index, project)),
                .. Enumerable.Range(0, Math.Min(Finalizers, units)).Select(index => Finalizer(random, index, units, project)),
            ],
            Resources = [.. Paths.Select(path => new ResourceDefinition(path, path == "gpu" ? 3 : null))],
            Groups =
            [
                new GroupDefinition("wide", 6, false) { Hooks = new GroupHooks("echo open", null, "echo closed") },
                new GroupDefinition("narrow", 2, false, "wide"),
                new GroupDefinition("other", 3, false),
                .. Enumerable.Range(0, 1 + (units / BurstEvery)).Select(index => Burst(random, index)),
            ],
            Run = new PhaseRun(Phases.AfterBuild, RunPer.Project),
            ProjectDirectory = project,
            MaxParallel = width,
        });
        return new RunRequest
        {
            RunId = string.Create(CultureInfo.InvariantCulture, $"20261121T101500Z-{Environment.ProcessId:x}-{seed:x}"),
            BuildId = "soak",
            ProjectFile = Path.Combine(project, "soak.proj"),
            ProjectName = "soak.proj",
            Phase = Phases.AfterBuild,
            Folder = Path.Combine(folder, "pexen"),
            MaxParallel = width,
            MemoryLimit = random.Next(2) == 0 ? 150_000_000 : null,
            Plan = planned.Plan ?? throw new InvalidOperationException(string.Join('\n', planned.Diagnostics)),
        };
    }

    private static UnitDefinition Unit(Random random, int index, string project)
    {
        UnitDefinition unit = WithWork(random, new UnitDefinition
        {
            Name = Name(index),
            WorkingDirectory = project,
            Work = new ExecutableWork("true", []),
            Provides = [new Capability(Name(index), null)],
            Requires = [.. Needs(random, index)],
            Group = index % BurstEvery < BurstLength ? $"burst{index / BurstEvery}" : random.Next(5) switch { 0 => "wide", 1 => "narrow", 2 => "other", _ => null },
            Slots = random.Next(20) == 0 ? 2 : 1,
            Priority = random.Next(-1, 2),
            GracePeriod = TimeSpan.FromMilliseconds(random.Next(20, 200)),
            // Most failures let the rest go on: a soak in which everything is skipped proves nothing.
            OnFailure = random.Next(4) == 0 ? Aftermath.ReleaseLocks : Aftermath.ReleaseLocks | Aftermath.Provide,
            OnCrash = random.Next(100) == 0 ? Aftermath.None : Aftermath.ReleaseLocks | Aftermath.Provide,
        });
        return WithLocks(random, random.Next(250) == 0 ? WithMemory(random, unit) : unit);
    }

    /// <summary>Of a hundred: quick ones, speaking ones, failing ones, and a few of each that hurts.</summary>
    private static UnitDefinition WithWork(Random random, UnitDefinition unit) => random.Next(100) switch
    {
        < 50 => unit,
        < 55 => unit with { Work = new MilestoneWork() },
        < 70 => unit with { Work = new CommandWork("echo out; echo err >&2") },
        < 76 => unit with { Work = new CommandWork("echo key-$PEXEN_UNIT=value >> $PEXEN_OUTPUT") },
        < 82 => unit with { Work = new CommandWork("exit 3") },
        < 86 => unit with { Work = new CommandWork("test $PEXEN_ATTEMPT -ge 3"), Timing = new Timing { Retries = random.Next(1, 4), RetryDelay = TimeSpan.FromMilliseconds(random.Next(50)) } },
        < 88 => unit with { Work = new CommandWork("kill -9 $$") },
        < 90 => unit with { Work = new CommandWork("head -c 300000 /dev/zero"), LogLimit = 10_000 },
        < 92 => unit with { Work = new ExecutableWork("/no/such/program", []) },
        < 94 => unit with { Work = new CommandWork("sleep 600 & (setsid sleep 600 &) ; exit 0") },
        < 96 => unit with { Work = new CommandWork("(sleep 600; true) & sleep 600"), Timeout = Soon(random) },
        < 98 => unit with { Work = new CommandWork("trap '' TERM; (setsid sh -c 'sleep 600; true' &); while :; do sleep 1; done"), Timeout = Soon(random) },
        _ => unit with { Work = new CommandWork("echo once; sleep 600"), Timing = new Timing { IdleTimeout = Soon(random), Retries = 1 } },
    };

    /// <summary>Takes twice what it may have; now and then others of its category go with it.</summary>
    private static UnitDefinition WithMemory(Random random, UnitDefinition unit) => unit with
    {
        Work = new CommandWork("x=$(head -c 40000000 /dev/zero | tr '\\0' a); sleep 600"),
        Limits = new Limits { Memory = 20_000_000, Category = $"hungry{random.Next(20)}", Size = random.Next(1, 5) },
    };

    private static UnitDefinition WithLocks(Random random, UnitDefinition unit) => random.Next(6) switch
    {
        0 => unit with { Claims = [Paths[random.Next(Paths.Length)]] },
        1 or 2 => unit with { Uses = [new ResourceUse(Paths[random.Next(Paths.Length)], 1)] },
        _ => unit,
    };

    private static IEnumerable<Requirement> Needs(Random random, int index)
    {
        const int Reach = 200;
        if (index > 0 && random.Next(3) == 0)
        {
            yield return Named(Name(Math.Max(0, index - 1 - random.Next(Reach))));
        }

        if (random.Next(40) == 0)
        {
            yield return Named($"service{random.Next(Services)}");
        }
    }

    private static GroupDefinition Burst(Random random, int index) => new($"burst{index}", random.Next(1, 4), false)
    {
        Timeout = random.Next(2) == 0 ? TimeSpan.FromMilliseconds(random.Next(200, 2000)) : null,
        Hooks = random.Next(3) > 0 ? new GroupHooks(random.Next(10) == 0 ? "exit 1" : "echo open", "echo good", "echo closed") : GroupHooks.None,
    };

    private static UnitDefinition Service(int index, string project) => new()
    {
        Name = $"service{index}",
        WorkingDirectory = project,
        Work = new CommandWork("echo port=5 >> $PEXEN_OUTPUT; echo open; while :; do sleep 1; done"),
        Provides = [new Capability($"service{index}", null)],
        Service = index % 2 == 0 ? new ServiceTerms(ReadyKind.Output, "^open$", TimeSpan.FromMinutes(1)) : new ServiceTerms(ReadyKind.Started, "", null),
        GracePeriod = TimeSpan.FromSeconds(1),
    };

    private static UnitDefinition Finalizer(Random random, int index, int units, string project) => new()
    {
        Name = $"finalizer{index}",
        WorkingDirectory = project,
        Work = new CommandWork("echo cleaned"),
        Provides = [new Capability($"finalizer{index}", null)],
        Finalizes = [Name(random.Next(units))],
        FinalizesOn = (FinalizesOn)(index % 2),
        GracePeriod = TimeSpan.FromSeconds(1),
    };

    private static TimeSpan Soon(Random random) => TimeSpan.FromMilliseconds(random.Next(20, 300));

    private static Requirement Named(string name) => new(name, null, name);

    private static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"unit{index}");
}
