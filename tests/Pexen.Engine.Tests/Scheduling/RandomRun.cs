using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Tests.Scheduling;

/// <summary>One run of the scheduler beside the rescanning one, with every invariant checked after every step.</summary>
internal sealed class RandomRun
{
    private static readonly Completion[] Ends =
    [
        Completion.Success, Completion.Success, Completion.Success, Completion.Success, Completion.Success, Completion.Success,
        Completion.Failure, Completion.NotApplicable, Completion.Crash, new(true, true, true, true), new(true, false, true, true),
    ];

    private readonly string where;
    private readonly Random random;
    private readonly ScheduleGraph graph;
    private readonly int maxParallel;
    private readonly UnitScheduler scheduler;
    private readonly RescanningScheduler reference;
    private readonly List<int> running = [];
    private readonly List<int> outside = [];
    private readonly List<int> resting = [];
    private readonly HashSet<int> attempted = [];
    private readonly bool rests;
    private readonly int additions;
    private readonly List<int> up = [];
    private readonly HashSet<int> toStop = [];
    private readonly HashSet<int> freed = [];
    private readonly bool limits;
    private UnitState? stopped;
    private int[] ends;
    private int announced;
    private int added;

    private RandomRun(int seed, int mostUnits, int additions, bool groups, bool rests, bool lifetimes, bool limits, bool held)
    {
        this.rests = rests;
        this.limits = limits;
        this.additions = additions;
        random = new Random(seed);
        where = CallOf(seed, mostUnits, additions, groups, rests, lifetimes, limits, held);
        graph = RandomGraph.Create(random, random.Next(1, mostUnits), groups, lifetimes);
        maxParallel = random.Next(1, 7);
        scheduler = new UnitScheduler(graph, new ScheduleOptions(maxParallel, Held: held));
        reference = new RescanningScheduler(graph, maxParallel, held);
        ends = new int[graph.UnitCount];
    }

    /// <summary>Whatever fails, the message has the call that does the same again: everything follows from its numbers.</summary>
    public static void Follow(int seed, int mostUnits, int additions = 0, bool groups = false, bool rests = false, bool lifetimes = false, bool limits = false, bool held = false, CancellationToken timeIsUp = default)
    {
        try
        {
            new RandomRun(seed, mostUnits, additions, groups, rests, lifetimes, limits, held).Follow(timeIsUp);
        }
        catch (Exception problem) when (!problem.Message.Contains(nameof(RandomRun), StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{CallOf(seed, mostUnits, additions, groups, rests, lifetimes, limits, held)}: {problem.Message}", problem);
        }
    }

    private static string CallOf(int seed, int mostUnits, int additions, bool groups, bool rests, bool lifetimes, bool limits, bool held) =>
        $"RandomRun.Follow({seed}, {mostUnits}, {additions}, {Word(groups)}, {Word(rests)}, {Word(lifetimes)}{(limits || held ? $", {Word(limits)}" : "")}{(held ? ", true" : "")})";

    private static string Word(bool value) => value ? "true" : "false";

    private void Follow(CancellationToken timeIsUp)
    {
        int calm = random.Next(3);
        ReadEvents();
        while (!scheduler.IsFinished)
        {
            Assert.IsFalse(timeIsUp.IsCancellationRequested, $"{where}: the time of the test is up, here or by all runs before");
            TakeAll();
            ReadEvents();
            if (scheduler.IsHeld && (scheduler.WaitsForRelease || random.Next(50) == 0))
            {
                Release();
                continue;
            }

            if (running.Count == 0 && outside.Count == 0 && resting.Count == 0 && !up.Exists(toStop.Contains))
            {
                Assert.IsTrue(scheduler.IsFinished, $"{where}: stuck: {Describe()}");
                break;
            }

            Step(calm);
            ReadEvents();
            Compare();
            Assert.IsTrue(toStop.SetEquals(reference.ToStop), $"{where}: to be stopped");
        }

        Assert.IsTrue(ends.All(count => count == 1), $"{where}: a unit has not exactly one end");
    }

    /// <summary>When all else is done, or in the midst of it, as when the run is cancelled.</summary>
    private void Release()
    {
        scheduler.Release();
        reference.Release();
        ReadEvents();
        Compare();
        Assert.IsTrue(toStop.SetEquals(reference.ToStop), $"{where}: to be stopped after the release");
    }

    private void TakeAll()
    {
        for (int limit = random.Next(6) == 0 ? 1 : int.MaxValue; limit > 0; limit--)
        {
            int expected = reference.Next();
            int got = scheduler.TryTakeNext(out Grant grant) ? grant.Unit : -1;
            Assert.AreEqual(expected, got, $"{where}: next unit");
            if (got < 0)
            {
                AskForObstacles();
                return;
            }

            reference.Start(got);
            running.Add(got);
            attempted.Add(got);
            CheckHolds();
        }
    }

    /// <summary>Asking changes nothing, and whoever could not start has a reason.</summary>
    private void AskForObstacles()
    {
        int unit = random.Next(graph.UnitCount);
        bool waits = scheduler.StateOf(unit) is UnitState.Waiting or UnitState.Ready or UnitState.Returning;
        Assert.AreEqual(waits, random.Next(2) == 0 ? waits : scheduler.ObstaclesOf(unit).Length > 0, $"{where}: obstacles of {unit}");
    }

    private void Step(int calm)
    {
        if (added < additions && random.Next(2) == 0)
        {
            AddSome();
            return;
        }

        if (outside.Count > 0 && (running.Count == 0 || random.Next(3) == 0))
        {
            int unit = outside[random.Next(outside.Count)];
            outside.Remove(unit);
            scheduler.Retry(unit);
            reference.Retry(unit);
            return;
        }

        if (resting.Count > 0 && (running.Count == 0 || random.Next(3) == 0))
        {
            ReturnOne();
            return;
        }

        if (graph.HasLifetimes && StepOfLife() || running.Count == 0)
        {
            return;
        }

        int done = running[random.Next(running.Count)];
        running.Remove(done);
        if (rests && !toStop.Contains(done) && random.Next(4) == 0)
        {
            bool keepsLocks = random.Next(2) == 0;
            resting.Add(done);
            bool keepsForGood = keepsLocks && random.Next(2) == 0;
            scheduler.Rest(done, keepsLocks, keepsForGood);
            reference.Rest(done, keepsLocks, keepsForGood);
            return;
        }

        if (limits && calm == 0 && !reference.IsSpared(done) && !toStop.Contains(done))
        {
            if (random.Next(10) == 0)
            {
                CompleteWithChain(done);
                return;
            }

            if (random.Next(8) == 0)
            {
                scheduler.Preempt(done);
                reference.Preempt(done);
                return;
            }
        }

        if (calm == 0 && random.Next(6) == 0 && !toStop.Contains(done))
        {
            outside.Add(done);
            scheduler.GiveBack(done);
            reference.GiveBack(done);
            return;
        }

        Complete(done, calm == 1 ? Completion.Success : Ends[random.Next(Ends.Length)]);
    }

    private void Complete(int done, Completion end)
    {
        toStop.Remove(done);
        scheduler.Complete(done, end);
        reference.Complete(done, end);
        ends[done]++;
    }

    /// <summary>Some units go with one that fails.</summary>
    private void CompleteWithChain(int done)
    {
        int[] with = [.. Enumerable.Range(0, graph.UnitCount).Where(unit => unit != done && !reference.IsSpared(unit) && random.Next(8) == 0)];
        Complete(done, Completion.Failure);
        ReadEvents();
        scheduler.Skip(with, new SkipCause(SkipReason.Chained, done));
        reference.SkipChained(with);
    }

    /// <summary>Services become ready, die, and are stopped; now and then the whole run is.</summary>
    private bool StepOfLife()
    {
        if (stopped is null && random.Next(60) == 0)
        {
            stopped = random.Next(2) == 0 ? UnitState.Cancelled : UnitState.Skipped;
            reference.Stop(stopped.Value);
            if (stopped == UnitState.Cancelled)
            {
                scheduler.Cancel();
            }
            else
            {
                scheduler.StopStarting(SkipReason.Stopped);
            }

            return true;
        }

        if (up.Count > 0 && (running.Count == 0 || random.Next(3) == 0))
        {
            int service = running.Count == 0 ? up.Find(toStop.Contains) : up[random.Next(up.Count)];
            if (toStop.Contains(service) || random.Next(4) == 0)
            {
                up.Remove(service);
                Complete(service, toStop.Contains(service) ? Completion.Success : Ends[random.Next(6, Ends.Length)]);
                return true;
            }
        }

        int starting = running.Find(unit => reference.IsService(unit) && !toStop.Contains(unit));
        if (running.Count > 0 && reference.IsService(starting) && running.Contains(starting) && random.Next(3) > 0)
        {
            running.Remove(starting);
            up.Add(starting);
            scheduler.BecomeReady(starting);
            reference.BecomeReady(starting);
            return true;
        }

        return running.Count == 0;
    }

    private void ReturnOne()
    {
        int unit = resting[random.Next(resting.Count)];
        resting.Remove(unit);
        reference.Return(unit);
        scheduler.Return(unit);
    }

    /// <summary>A unit that was not started yet waits for a time when it is ready.</summary>
    private void DelaySome(int unit)
    {
        if (rests && !attempted.Contains(unit) && scheduler.StateOf(unit) == UnitState.Ready && random.Next(6) == 0)
        {
            resting.Add(unit);
            scheduler.Rest(unit);
            reference.Rest(unit, keepsLocks: false);
        }
    }

    private void AddSome()
    {
        int before = graph.UnitCount;
        List<AddedDependency> dependencies = [];
        for (int count = random.Next(1, 4); count > 0; count--, added++)
        {
            RandomGraph.AddUnit(random, graph, StateForOthers, before, dependencies);
        }

        Array.Resize(ref ends, graph.UnitCount);
        scheduler.Add(dependencies.ToArray());
        reference.Add(dependencies);
    }

    /// <summary>What was attempted once has started for all that are added.</summary>
    private UnitState StateForOthers(int unit) =>
        scheduler.StateOf(unit) is UnitState.Ready or UnitState.Outside or UnitState.Resting or UnitState.Returning && attempted.Contains(unit)
            ? UnitState.Running
            : scheduler.StateOf(unit);

    private void ReadEvents()
    {
        while (scheduler.TryReadEvent(out SchedulerEvent happened))
        {
            if (happened.Stop != StopDemand.None)
            {
                toStop.Add(happened.Unit);
            }
            else if (happened.Cause >= 0)
            {
                freed.Add(happened.Unit);
                Assert.IsFalse(scheduler.HoldsUntilTheEnd(happened.Unit), $"{where}: freed");
            }
            else if (happened.State == UnitState.Waiting)
            {
                outside.Remove(happened.Unit);
                resting.Remove(happened.Unit);
            }
            else if (happened.State == UnitState.Ready)
            {
                Assert.AreEqual(reference.BecameReady[announced++], happened.Unit, $"{where}: order of becoming ready: {Describe()}");
                DelaySome(happened.Unit);
            }
            else
            {
                ends[happened.Unit]++;
                outside.Remove(happened.Unit);
                resting.Remove(happened.Unit);
                if (happened.State == UnitState.Skipped)
                {
                    CheckCause(happened.Unit);
                }
            }
        }
    }

    /// <summary>The root of a skip is a unit that ended without providing, or one that still holds the resource.</summary>
    private void CheckCause(int unit)
    {
        SkipCause cause = scheduler.CauseOf(unit);
        bool root = cause.Reason switch
        {
            SkipReason.Chained => scheduler.StateOf(cause.Unit) == UnitState.Failed,
            SkipReason.Stopped => stopped == UnitState.Skipped,
            SkipReason.Standstill => graph.HasLifetimes,
            SkipReason.NotProvided => scheduler.StateOf(cause.Unit) == UnitState.Failed || scheduler.IsToBeStopped(cause.Unit),
            SkipReason.ResourceHeld => (scheduler.HoldsUntilTheEnd(cause.Unit) || freed.Contains(cause.Unit) && WasACauseBefore(cause, unit))
                && scheduler.HoldsOf(cause.Unit).ToArray().Any(hold => hold.Resource == cause.Resource),
            _ => false,
        };
        Assert.IsTrue(root, $"{where}: cause of {unit} is {cause}");
    }

    /// <summary>Who joins and requires a unit that was skipped has its cause, though a finalizer may have freed since what was missing then.</summary>
    private bool WasACauseBefore(SkipCause cause, int unit) => Enumerable.Range(0, graph.UnitCount).Any(other => other != unit && scheduler.CauseOf(other) == cause);

    private string Describe() => string.Join("; ", Enumerable.Range(0, graph.UnitCount).Select(unit =>
        $"{unit} {graph.TraitsOf(unit)} {scheduler.StateOf(unit)} [{string.Join(' ', graph.DependenciesOf(unit).ToArray().Select(edge => $"{edge.Kind}{edge.Choice}:{edge.Unit}"))}]"));

    private void Compare()
    {
        for (int unit = 0; unit < graph.UnitCount; unit++)
        {
            Assert.AreEqual(reference.State[unit], scheduler.StateOf(unit), $"{where}: state of unit {unit}: {(reference.State[unit] == scheduler.StateOf(unit) ? "" : scheduler.CauseOf(unit) + " " + Describe())}");
        }

        foreach (UnitState state in Enum.GetValues<UnitState>())
        {
            Assert.AreEqual(reference.State.Count(other => other == state), scheduler.Count(state), $"{where}: count of {state}");
        }
    }

    /// <summary>Whatever the reference thinks: nobody holds what another has.</summary>
    private void CheckHolds()
    {
        int[] slots = [.. running.SelectMany(unit => scheduler.SlotsOf(unit))];
        Assert.AreEqual(slots.Length, slots.Distinct().Count(), $"{where}: one slot, two units");
        int most = running.Count > 0 ? reference.SlotCount(running[0]) : maxParallel;
        int[] present = [.. reference.Present()];
        Assert.IsTrue(slots.All(slot => slot >= 1 && slot <= most), $"{where}: a slot that does not exist");
        Assert.IsLessThanOrEqualTo(1, present.Select(reference.Realm).Distinct().Count(), $"{where}: exclusive beside others");
        Assert.IsFalse(Enumerable.Range(0, graph.Groups.Length).Any(reference.IsCrowded), $"{where}: more of a group than it lets");
        int[] holders = [.. running, .. up, .. Enumerable.Range(0, graph.UnitCount).Where(unit => scheduler.HoldsUntilTheEnd(unit) && !reference.IsLent(unit))];
        foreach (int one in holders)
        {
            foreach (int other in holders.Where(other => other != one))
            {
                bool conflict = reference.Wants(one).Any(hold => reference.Wants(other).Any(second => reference.Conflict(hold, second)));
                Assert.IsFalse(conflict, $"{where}: {one} and {other} hold the same");
            }
        }

        foreach (IGrouping<int, ScheduleHold> uses in holders.SelectMany(reference.Wants).Where(hold => hold.Tokens > 0).GroupBy(hold => hold.Resource))
        {
            Assert.IsLessThanOrEqualTo(graph.ResourceCapacity[uses.Key], uses.Sum(use => use.Tokens), $"{where}: tokens of {uses.Key}");
        }
    }
}
