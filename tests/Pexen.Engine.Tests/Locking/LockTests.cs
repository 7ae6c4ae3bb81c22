using Pexen.Engine.Tests.Dispatching;
using Pexen.Locking;
using Pexen.Scheduling;

namespace Pexen.Engine.Tests.Locking;

[TestClass]
public sealed class LockTests
{
    private static readonly RunKey Key = new("/p/app.csproj", "AfterBuild", null);

    [TestMethod]
    [Timeout(30_000, CooperativeCancellation = true)]
    public void SecondBuilder_IsToldForWhomItWaitsAndCanGiveUp()
    {
        using var temporary = new TemporaryFolder();
        UserFolder folder = Open(temporary);
        using RunLock first = RunLock.TakeAsBuilder(folder, Key, _ => Assert.Fail(), CancellationToken.None, "build-1");
        using var cancellation = new CancellationTokenSource();
        LockHolder? holder = null;

        Assert.ThrowsExactly<OperationCanceledException>(() => RunLock.TakeAsBuilder(
            folder,
            Key,
            who =>
            {
                holder = who;
                cancellation.Cancel();
            },
            cancellation.Token));

        Assert.AreEqual(Environment.ProcessId, holder!.ProcessId);
        Assert.AreEqual("build-1", holder.BuildId);
    }

    [TestMethod]
    [Timeout(30_000, CooperativeCancellation = true)]
    public void SupervisorOfAKilledBuildLives_NewBuilderWaitsForIt()
    {
        using var temporary = new TemporaryFolder();
        UserFolder folder = Open(temporary);
        RunLock supervisor = RunLock.TryTakeAsSupervisor(folder, Key)!;
        bool waited = false;

        using RunLock builder = RunLock.TakeAsBuilder(
            folder,
            Key,
            _ =>
            {
                waited = true;
                supervisor.Dispose();
            },
            CancellationToken.None);

        Assert.IsTrue(waited);
    }

    [TestMethod]
    public void OtherPhase_IsNoneOfItsBusiness()
    {
        using var temporary = new TemporaryFolder();
        UserFolder folder = Open(temporary);
        using RunLock first = RunLock.TakeAsBuilder(folder, Key, _ => Assert.Fail(), CancellationToken.None);
        using RunLock second = RunLock.TakeAsBuilder(folder, Key with { Phase = "BeforeTest" }, _ => Assert.Fail(), CancellationToken.None);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public void UserFolderIsALink_IsNotFollowed()
    {
        using var temporary = new TemporaryFolder();
        Directory.CreateDirectory(temporary.Inside("elsewhere"));
        Directory.CreateDirectory(temporary.Inside("state"));
        Directory.CreateSymbolicLink(temporary.Inside("state", "pexen"), temporary.Inside("elsewhere"));

        UserFolder folder = Open(temporary);

        Assert.AreNotEqual(temporary.Inside("state", "pexen"), folder.Path);
        Assert.AreEqual(0, Directory.GetFileSystemEntries(temporary.Inside("elsewhere")).Length);
    }

    [TestMethod]
    [DataRow("db", "claim", "db", "use", false)]
    [DataRow("db", "use", "db", "use", true)]
    [DataRow("net", "claim", "net/ipv4", "use", false)]
    [DataRow("net/ipv4", "claim", "net", "use", false)]
    [DataRow("net/ipv4", "claim", "net/ipv6", "claim", true)]
    [DataRow("net", "claim", "network", "claim", true)]
    [DataRow("DB", "claim", "db", "claim", false)]
    public void TwoRunsWantResources_RuleThirteenDecides(string first, string firstMode, string second, string secondMode, bool both)
    {
        using var temporary = new TemporaryFolder();
        UserFolder folder = Open(temporary);
        using SharedHolds one = Holds(folder, "run-1");
        using SharedHolds other = Holds(folder, "run-2");

        Assert.IsTrue(Take(one, "a", first, firstMode));
        Assert.AreEqual(both, Take(other, "b", second, secondMode));
        one.Release("a");
        Assert.IsTrue(both || Take(other, "b", second, secondMode));
    }

    [TestMethod]
    public void TokensOfTwoRuns_AreCountedTogether()
    {
        using var temporary = new TemporaryFolder();
        UserFolder folder = Open(temporary);
        using SharedHolds one = Holds(folder, "run-1");
        using SharedHolds other = Holds(folder, "run-2");

        Assert.IsTrue(Take(one, "a", "gpu", "use", tokens: 2, capacity: 3));
        Assert.IsFalse(Take(other, "b", "gpu", "use", tokens: 2, capacity: 3));
        Assert.IsTrue(Take(other, "c", "gpu", "use", tokens: 1, capacity: 3));
    }

    [TestMethod]
    public void CapacitiesDisagree_IsSaid()
    {
        using var temporary = new TemporaryFolder();
        UserFolder folder = Open(temporary);
        using SharedHolds one = Holds(folder, "run-1");
        using SharedHolds other = Holds(folder, "run-2");
        Take(one, "a", "gpu", "use", tokens: 1, capacity: 2);
        var said = new List<Diagnostic>();

        Take(other, "b", "gpu", "use", tokens: 1, capacity: 3, said.Add);

        Assert.AreEqual("PEX1015", said.Single().Code);
    }

    [TestMethod]
    public void RunIsGone_WhatItHeldIsFree()
    {
        using var temporary = new TemporaryFolder();
        UserFolder folder = Open(temporary);
        using SharedHolds other = Holds(folder, "run-2");
        using (SharedHolds one = Holds(folder, "run-1"))
        {
            Take(one, "a", "db", "claim");
        }

        // An entry whose run's file nobody locks, as a killed run leaves it.
        string registry = Directory.GetFiles(folder.Locks, "*.holds").Single();
        File.AppendAllText(registry, new SharedHold("run-0", "x", "db", HoldMode.Claim, 0, 0).ToLine() + "\n");
        File.WriteAllText(HoldsRegistry.AliveFile(folder.Locks, "run-0"), "");

        Assert.IsTrue(Take(other, "b", "db", "claim"));
    }

    [TestMethod]
    public void NestedBuild_DoesNotWaitForTheUnitItLiesIn()
    {
        using var temporary = new TemporaryFolder();
        UserFolder folder = Open(temporary);
        string variable = Nesting.Append(null, Key, "run-1", "a");
        using SharedHolds outer = Holds(folder, "run-1");
        using var inner = new SharedHolds(folder, Key.ProjectFile, "run-2", [], Nesting.Read(variable));
        Take(outer, "a", "db", "claim");
        Take(outer, "other", "net", "claim");

        Assert.IsTrue(Take(inner, "b", "db", "claim"));
        Assert.IsFalse(Take(inner, "c", "net", "claim"));
        Assert.IsTrue(Nesting.IsInside(variable, Key));
        Assert.IsFalse(Nesting.IsInside(variable, Key with { TargetFramework = "net10.0" }));
    }

    [TestMethod]
    public void TwoRunsUseOneResource_TheyAreHandedDifferentInstances()
    {
        using var temporary = new TemporaryFolder();
        UserFolder folder = Open(temporary);
        using var one = new InstanceRun(folder, "run-1", []);
        using var other = new InstanceRun(folder, "run-2", []);

        Assert.AreEqual("0", one.Take("a"));
        Assert.AreEqual("1", other.Take("a"));
        Assert.IsNull(one.Take("b"), "there are two");
        other.Release("a");
        Assert.AreEqual("1", one.Take("b"));
    }

    [TestMethod]
    public void NestedBuild_IsHandedWhatTheUnitItLiesInHas()
    {
        using var temporary = new TemporaryFolder();
        UserFolder folder = Open(temporary);
        using var outer = new InstanceRun(folder, "run-1", []);
        Assert.AreEqual("0", outer.Take("other"));
        Assert.AreEqual("1", outer.Take("a"));
        using var inner = new InstanceRun(folder, "run-2", Nesting.Read(Nesting.Append(null, Key, "run-1", "a")));

        Assert.AreEqual("1", inner.Take("b"));
        Assert.IsNull(inner.Take("a"));
    }

    private static UserFolder Open(TemporaryFolder temporary) =>
        UserFolder.Open(name => name == "XDG_STATE_HOME" ? temporary.Inside("state") : null);

    private static SharedHolds Holds(UserFolder folder, string run) => new(folder, Key.ProjectFile, run, [], []);

    private static bool Take(
        SharedHolds holds,
        string unit,
        string resource,
        string mode,
        int tokens = 0,
        int capacity = 0,
        Action<Diagnostic>? complain = null)
    {
        var graph = new ScheduleGraph
        {
            Rank = [0],
            Priority = [0],
            Slots = [1],
            DependencyStart = [0, 0],
            Dependencies = [],
            HoldStart = [0, 1],
            Holds = [],
            ResourceParent = [-1],
            ResourceCapacity = [capacity],
            ResourceNames = [resource],
        };
        return holds.TryTake(unit, graph, [new ScheduleHold(0, mode == "claim" ? HoldMode.Claim : HoldMode.Use, tokens)], null, complain ?? (_ => { }), out _);
    }
}
