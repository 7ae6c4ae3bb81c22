using System.Diagnostics;
using Pexen.Execution;
using Pexen.Execution.Local;
using Pexen.Model;

namespace Pexen.Engine.Tests.Execution;

/// <summary>Nothing that a unit started is alive when it has ended, by whatever road.</summary>
[TestClass]
public sealed class EndingTests
{
    private const int Limit = 30_000;

    [TestMethod]
    [DataRow("linux", "plain", 0)]
    [DataRow("linux", "setsid", 0)]
    [DataRow("linux", "double-fork", 0)]
    [DataRow("linux", "double-fork-empty", 0)]
    [DataRow("linux", "double-fork-empty", 1)]
    [DataRow("linux", "plain", 1)]
    [DataRow("portable", "plain", 0)]
    [DataRow("portable", "setsid", 1)]
    [DataRow("portable", "double-fork", 0)]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AUnitEndsAndLeavesAProcess_TheProcessIsEndedAndNamed(string executor, string kind, int code)
    {
        using var rig = new Rig(executor);
        AttemptEnd end = rig.Run(rig.Command($"{Leave(kind, rig.PathOf("pid"))}; exit {code}"));
        string pid = File.ReadAllText(rig.PathOf("pid")).Trim();
        Assert.AreEqual(code, end.ExitCode, end.StartFailure);
        Assert.IsFalse(Rig.Alive(pid), "left alive");
        AssertNamed(pid, end.Survivors);
        Assert.IsFalse(end.Stopped);
    }

    [TestMethod]
    [DataRow("linux", "plain")]
    [DataRow("linux", "setsid")]
    [DataRow("linux", "double-fork")]
    [DataRow("linux", "double-fork-empty")]
    [DataRow("portable", "plain")]
    [DataRow("portable", "setsid")]
    [DataRow("portable", "double-fork")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AUnitIsStopped_ItsWholeTreeIsGone(string executor, string kind)
    {
        using var rig = new Rig(executor);
        rig.Executor.Start(rig.Command($"{Leave(kind, rig.PathOf("pid"))}; sleep 60"));
        string pid = rig.Await(rig.PathOf("pid"));
        rig.Executor.Stop(0, TimeSpan.FromSeconds(5));
        AttemptEnd end = rig.End();
        Assert.IsTrue(end.Stopped);
        Assert.IsFalse(Rig.Alive(pid), "left alive");
        Assert.IsEmpty(end.Survivors);
        if (executor == "linux")
        {
            Assert.AreEqual(15, end.Signal);
        }
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AProgramIgnoresTheStop_ItIsKilledAfterTheGrace(string executor)
    {
        using var rig = new Rig(executor);
        rig.Executor.Start(rig.ChildProgram("ignore-term", rig.PathOf("pid")));
        string pid = rig.Await(rig.PathOf("pid"));
        var clock = Stopwatch.StartNew();
        rig.Executor.Stop(0, TimeSpan.FromMinutes(1));
        rig.Executor.Stop(0, TimeSpan.FromMilliseconds(300));
        AttemptEnd end = rig.End();
        Assert.IsGreaterThanOrEqualTo(290, clock.ElapsedMilliseconds);
        Assert.IsTrue(end.Stopped);
        Assert.IsFalse(Rig.Alive(pid));
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AStopWithoutGrace_KillsAtOnce(string executor)
    {
        using var rig = new Rig(executor);
        rig.Executor.Start(rig.Command("trap '' TERM; sleep 60 & echo $! > pid; wait"));
        string pid = rig.Await(rig.PathOf("pid"));
        rig.Executor.Stop(0, TimeSpan.Zero);
        AttemptEnd end = rig.End();
        Assert.IsTrue(end.Stopped);
        Assert.IsFalse(Rig.Alive(pid));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(50)]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void MoreTreesThanAreKilledAtATimeAreStoppedTogether_OfEachNothingIsAliveWhenItHasEnded(int grace)
    {
        const int Trees = 100;
        using var rig = new Rig("linux");
        string[] children = ["sh -c 'echo $$ > $0; sleep 60' PID &", "setsid sh -c 'echo $$ > $0; sleep 60' PID &", "(env -i setsid sh -c 'echo $$ > $0; sleep 60' PID &) &"];
        for (int unit = 0; unit < Trees; unit++)
        {
            rig.Executor.Start(rig.Command($"trap '' TERM; {children[unit % children.Length].Replace("PID", $"{unit}.pid")} sleep 60 & wait", unit));
        }

        string[] pids = [.. Enumerable.Range(0, Trees).Select(unit => rig.Await(rig.PathOf($"{unit}.pid")))];
        for (int unit = 0; unit < Trees; unit++)
        {
            rig.Executor.Stop(unit, TimeSpan.FromMilliseconds(grace));
        }

        for (int ended = 0; ended < Trees; ended++)
        {
            AttemptEnd end = rig.End();
            Assert.IsTrue(end.Stopped);
            Assert.IsFalse(Rig.Alive(pids[end.Unit]), $"{end.Unit}");
        }

        Assert.IsEmpty(rig.Executor.Sweep());
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AProgramForksAndForks_TheStopEndsThatToo()
    {
        using var rig = new Rig("linux");
        rig.Executor.Start(rig.Command("( trap '' TERM; i=0; while [ $i -lt 300 ]; do i=$((i+1)); setsid sh -c \"trap '' TERM; sleep 2\" & [ $i = 20 ] && echo x > ready; done; wait )"));
        rig.Await(rig.PathOf("ready"));
        rig.Executor.Stop(0, TimeSpan.FromMilliseconds(50));
        Assert.IsTrue(rig.End().Stopped);
        Assert.IsEmpty(rig.Executor.Sweep());
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AChainOfProcessesEachForksTheNextAndEnds_TheStopEndsThatToo()
    {
        using var rig = new Rig("linux");
        string chain = "n=$1; [ $n -gt 0 ] || exit 0; [ $n = 190 ] && echo x > ready; setsid sh -c \"$0\" \"$0\" $((n-1)) &";
        rig.Executor.Start(rig.Launch(new ExecutableWork("/bin/sh", ["-c", "sh -c \"$0\" \"$0\" 200; sleep 60", chain])));
        rig.Await(rig.PathOf("ready"));
        rig.Executor.Stop(0, TimeSpan.Zero);
        Assert.IsTrue(rig.End().Stopped);
        Assert.IsEmpty(rig.Executor.Sweep());
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AnotherUnitsDaemon_IsLeftAloneUntilThatUnitEnds()
    {
        using var rig = new Rig("linux");
        rig.Executor.Start(rig.Command($"{Leave("double-fork-empty", rig.PathOf("pid"))}; while [ ! -e go ]; do sleep 0.02; done", 1));
        string pid = rig.Await(rig.PathOf("pid"));
        AttemptEnd first = rig.Run(rig.Command("true"));
        Assert.AreEqual(0, first.Unit);
        Assert.IsEmpty(first.Survivors);
        Assert.IsTrue(Rig.Alive(pid));
        File.WriteAllText(rig.PathOf("go"), "");
        AttemptEnd second = rig.End();
        AssertNamed(pid, second.Survivors);
        Assert.IsFalse(Rig.Alive(pid));
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AKnownBuildServerIsLeft_ItIsEndedAndNotNamed(string executor)
    {
        using var rig = new Rig(executor);
        File.Copy("/bin/sleep", rig.PathOf("VBCSCompiler"));
        AttemptEnd end = rig.Run(rig.Command("./VBCSCompiler 60 & echo $! > pid"));
        Assert.IsEmpty(end.Survivors);
        Assert.IsFalse(Rig.Alive(File.ReadAllText(rig.PathOf("pid")).Trim()));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void SomebodyCallsWake_WaitReturnsWithoutAnEnd()
    {
        foreach (string executor in new[] { "linux", "portable" })
        {
            using var rig = new Rig(executor);
            rig.Executor.Start(rig.Command("sleep 60"));
            rig.Executor.Wake();
            Assert.IsNull(rig.Executor.Wait(null));
            Assert.IsNull(rig.Executor.Wait(TimeSpan.FromMilliseconds(20)));
            rig.Executor.Stop(0, TimeSpan.Zero);
            Assert.IsTrue(rig.End().Stopped);
        }
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void TheRunEndsWithSomethingLeft_TheSweepKillsAndNamesIt()
    {
        using var rig = new Rig("linux");
        rig.Executor.Start(rig.Command("sleep 60 & echo $! > pid; wait"));
        string pid = rig.Await(rig.PathOf("pid"));
        Assert.Contains(name => name.EndsWith($" ({pid})", StringComparison.Ordinal), rig.Executor.Sweep());
        Assert.IsFalse(Rig.Alive(pid));
        Assert.AreEqual(9, rig.End().Signal);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void ARunWhoseSupervisorIsLost_IsEndedByItsId()
    {
        using var rig = new Rig("linux");
        rig.Executor.Start(rig.Command("trap '' TERM; (setsid sh -c 'echo $$ > pid; exec sleep 60' &); sleep 60"));
        string pid = rig.Await(rig.PathOf("pid"));
        Assert.IsEmpty(LostRun.End("another run"));
        IReadOnlyList<string> ended = LostRun.End(rig.RunId);
        Assert.Contains(name => name.EndsWith($" ({pid})", StringComparison.Ordinal), ended);
        Assert.IsFalse(Rig.Alive(pid));
    }

    /// <summary>The name may still be that of the shell, when it was found before its exec.</summary>
    private static void AssertNamed(string pid, IReadOnlyList<string> survivors)
    {
        Assert.HasCount(1, survivors);
        StringAssert.EndsWith(survivors[0], $" ({pid})");
    }

    /// <summary>A line of shell that starts a process which stays behind, and goes on when it is there.</summary>
    private static string Leave(string kind, string file)
    {
        string sleep = $"sh -c 'echo $$ > {file}.tmp; mv {file}.tmp {file}; exec sleep 60'";
        string start = kind switch
        {
            "plain" => $"{sleep} &",
            "setsid" => $"setsid {sleep} &",
            "double-fork" => $"(setsid {sleep} &)",
            _ => $"(env -i PATH=\"$PATH\" setsid {sleep} &)",
        };
        return $"{start}\nwhile [ ! -e {file} ]; do sleep 0.01; done";
    }
}
