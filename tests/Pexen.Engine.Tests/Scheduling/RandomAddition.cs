using Pexen.Scheduling;

namespace Pexen.Tests.Scheduling;

/// <summary>The same units twice: planned together, and added one by one before the first starts.</summary>
internal static class RandomAddition
{
    public static void Compare(int seed)
    {
        var random = new Random(seed);
        ScheduleGraph planned = RandomGraph.Create(random, random.Next(2, 40), groups: random.Next(2) == 0);
        int[] order = [.. Enumerable.Range(0, planned.UnitCount).OrderBy(unit => planned.Priority[unit]).ThenBy(unit => unit)];
        for (int place = 0; place < order.Length; place++)
        {
            planned.Rank[order[place]] = place;
        }

        int slots = random.Next(1, 6);
        var one = new UnitScheduler(planned, new ScheduleOptions(slots));
        UnitScheduler other = AddAll(planned, slots, random.Next(planned.UnitCount));
        List<int> running = [];
        while (!one.IsFinished)
        {
            while (one.TryTakeNext(out Grant grant))
            {
                Assert.IsTrue(other.TryTakeNext(out Grant second), $"seed {seed}: {grant.Unit} starts");
                Assert.AreEqual(grant, second, $"seed {seed}");
                running.Add(grant.Unit);
            }

            Assert.IsFalse(other.TryTakeNext(out _), $"seed {seed}: nothing more starts");
            int done = running[random.Next(running.Count)];
            running.Remove(done);
            Completion end = random.Next(10) switch { 0 => Completion.Crash, 1 => Completion.Failure, _ => Completion.Success };
            one.Complete(done, end);
            other.Complete(done, end);
        }

        Assert.IsTrue(other.IsFinished, $"seed {seed}: finished");
    }

    private static UnitScheduler AddAll(ScheduleGraph planned, int slots, int first)
    {
        var graph = new ScheduleGraph
        {
            Rank = [],
            Priority = [],
            Slots = [],
            DependencyStart = [0],
            Dependencies = [],
            HoldStart = [0],
            Holds = [],
            ResourceParent = [],
            ResourceCapacity = [],
            Groups = planned.Groups,
        };
        for (int resource = 0; resource < planned.ResourceNames.Count && planned.ResourceNames[resource].Length > 0; resource++)
        {
            graph.AddResource(planned.ResourceNames[resource], planned.ResourceParent[resource], planned.ResourceCapacity[resource]);
        }

        var scheduler = new UnitScheduler(graph, new ScheduleOptions(slots));
        for (int unit = 0; unit < planned.UnitCount; unit++)
        {
            graph.AddUnit(
                planned.Priority[unit],
                planned.Slots[unit],
                planned.Dependencies.AsSpan(planned.DependencyStart[unit]..planned.DependencyStart[unit + 1]),
                planned.Holds.AsSpan(planned.HoldStart[unit]..planned.HoldStart[unit + 1]),
                planned.GroupOf(unit));

            // Up to here together, from here one by one.
            if (unit >= first)
            {
                scheduler.Add([]);
            }
        }

        return scheduler;
    }
}
