using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Benchmarks.Scheduling;

/// <summary>Graphs for measuring, each a function of its size.</summary>
internal static class SyntheticGraph
{
    public static ScheduleGraph EdgesAndLocks(int units) => Create(units, 5, 100, FourOfAll);

    public static ScheduleGraph OnlyLocks(int units) => Create(units, 0, 100, FourOfAll);

    public static ScheduleGraph OneResource(int units) => Create(units, 0, 1, (_, _, holds) => holds.Add(new ScheduleHold(0, HoldMode.Claim)));

    public static ScheduleGraph TwoResources(int units) => Create(units, 0, 2, (unit, _, holds) => TwoOrOne(unit, holds));

    public static ScheduleGraph TwoResourcesAndOthers(int units) => Create(units, 0, 52, (unit, random, holds) =>
    {
        TwoOrOne(unit, holds);
        holds.Add(new ScheduleHold(2 + random.Next(50), HoldMode.Use));
    });

    public static ScheduleGraph Readers(int units) =>
        Create(units, 0, 1, (unit, _, holds) => holds.Add(new ScheduleHold(0, unit % 1000 == 999 ? HoldMode.Claim : HoldMode.Use)));

    /// <summary>Resource 0 is above all others.</summary>
    public static ScheduleGraph Children(int units) => Create(
        units,
        0,
        1000,
        (unit, random, holds) => holds.Add(new ScheduleHold(unit % 100 == 99 ? 0 : 1 + random.Next(999), HoldMode.Claim)),
        parent: 0);

    public static ScheduleGraph Chain(int units) => Create(units, 1, 0, (_, _, _) => { }, chain: true);

    private static void TwoOrOne(int unit, List<ScheduleHold> holds)
    {
        if (unit % 10 != 1)
        {
            holds.Add(new ScheduleHold(0, HoldMode.Claim));
        }

        if (unit % 10 != 2)
        {
            holds.Add(new ScheduleHold(1, HoldMode.Claim));
        }
    }

    private static void FourOfAll(int unit, Random random, List<ScheduleHold> holds)
    {
        int first = holds.Count;
        while (holds.Count < first + 4)
        {
            int resource = random.Next(100);
            if (!holds.Skip(first).Any(hold => hold.Resource == resource))
            {
                holds.Add(new ScheduleHold(resource, holds.Count < first + 2 ? HoldMode.Claim : HoldMode.Use));
            }
        }
    }

    private static ScheduleGraph Create(
        int units, int edges, int resources, Action<int, Random, List<ScheduleHold>> hold, bool chain = false, int parent = -1)
    {
        var random = new Random(17);
        int[] dependencyStart = new int[units + 1];
        int[] holdStart = new int[units + 1];
        List<Dependency> dependencies = [];
        List<ScheduleHold> holds = [];
        for (int unit = 0; unit < units; unit++)
        {
            for (int edge = 0; edge < Math.Min(unit, edges); edge++)
            {
                dependencies.Add(new Dependency(chain ? unit - 1 : random.Next(unit), DependencyKind.Requires));
            }

            hold(unit, random, holds);
            dependencyStart[unit + 1] = dependencies.Count;
            holdStart[unit + 1] = holds.Count;
        }

        return new ScheduleGraph
        {
            Rank = [.. Enumerable.Range(0, units)],
            Priority = new int[units],
            Slots = [.. Enumerable.Repeat(1, units)],
            DependencyStart = dependencyStart,
            Dependencies = [.. dependencies],
            HoldStart = holdStart,
            Holds = [.. holds],
            ResourceParent = [.. Enumerable.Range(0, resources).Select(resource => resource == 0 ? -1 : parent)],
            ResourceCapacity = new int[resources],
        };
    }
}
