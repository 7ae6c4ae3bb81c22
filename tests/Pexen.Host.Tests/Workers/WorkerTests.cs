using Pexen.Execution;
using Pexen.Execution.Workers;

namespace Pexen.Host.Tests.Workers;

/// <summary>Workers are used again, and whatever a method does to one, the next unit does not notice.</summary>
[TestClass]
public sealed class WorkerTests
{
    private const int Limit = 60_000;

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void MethodsOneAfterTheOther_RunInOneProcess_AndNothingIsLeft(string executor)
    {
        using var rig = new WorkerRig(executor);

        string[] first = rig.LogOf(rig.Run("Pid")).Split(' ');
        AttemptEnd silent = rig.Run("Nothing");
        string[] second = rig.LogOf(rig.Run("Pid")).Split(' ');

        Assert.AreEqual(first[0], second[0], "another process");
        Assert.AreEqual("1\n", first[1]);
        Assert.AreEqual("2\n", second[1]);
        Assert.IsTrue(silent is { CameBack: true, ExitCode: 0, MethodFailure: null, OutputBytes: 0 }, silent.ToString());
        Assert.IsFalse(File.Exists(rig.PathOf("1.log")), "a log without a byte");
        Assert.IsEmpty(rig.Sweep(), "workers that were let go are no strangers");
        Assert.IsFalse(WorkerRig.Alive(first[0]));
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void TwoMethodsAtOnce_HaveAProcessEach(string executor)
    {
        using var rig = new WorkerRig(executor);
        rig.Executor.Start(rig.Launch("Pid"));
        rig.Executor.Start(rig.Launch("Pid"));

        string one = rig.LogOf(rig.End()), other = rig.LogOf(rig.End());

        Assert.AreNotEqual(one.Split(' ')[0], other.Split(' ')[0]);
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void MethodEndsItsProcess_IsToldByItsExitCode_AndTheNextHasANewOne(string executor)
    {
        using var rig = new WorkerRig(executor);
        string before = rig.LogOf(rig.Run("Pid")).Split(' ')[0];

        AttemptEnd end = rig.Run("Exit", "7");

        Assert.IsTrue(end is { ExitCode: 7, CameBack: false, Signal: null, StartFailure: null }, end.ToString());
        Assert.AreNotEqual(before, rig.LogOf(rig.Run("Pid")).Split(' ')[0]);
        Assert.IsEmpty(rig.Sweep());
    }

    [TestMethod]
    [DataRow("linux", "Overflow", 6, "Stack overflow")]
    [DataRow("linux", "KillSelf", 9, "")]
    [DataRow("portable", "KillSelf", 9, "")]
    [Timeout(Limit, CooperativeCancellation = true)]
    [TestCategory("PX-R8")]
    public void MethodCrashesItsProcess_IsToldByTheSignal_AndTheNextHasANewOne(string executor, string method, int signal, string said)
    {
        using var rig = new WorkerRig(executor);

        AttemptEnd end = rig.Run(method);

        Assert.AreEqual(signal, end.Signal, end.ToString());
        Assert.IsFalse(end.CameBack);
        Assert.Contains(said, rig.LogOf(end));
        Assert.IsTrue(rig.Run("Nothing").CameBack);
        Assert.IsEmpty(rig.Sweep());
    }

    [TestMethod]
    [DataRow("linux", "Hang")]
    [DataRow("linux", "HangDeaf")]
    [DataRow("portable", "Hang")]
    [DataRow("portable", "HangDeaf")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void MethodHangs_IsStoppedWithItsProcess_AndTheNextHasANewOne(string executor, string method)
    {
        using var rig = new WorkerRig(executor);
        Launch hanging = rig.Launch(method, rig.PathOf("pid"));
        rig.Executor.Start(hanging);
        string pid = rig.Await(rig.PathOf("pid"));

        rig.Executor.Stop(hanging.Unit, TimeSpan.FromMilliseconds(200));
        AttemptEnd end = rig.End();

        Assert.IsTrue(end.Stopped, end.ToString());
        Assert.IsFalse(WorkerRig.Alive(pid));
        Assert.IsTrue(rig.Run("Nothing").CameBack);
        Assert.IsEmpty(rig.Sweep());
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void MethodTakesAToken_IsAskedToStop_AndMaySaySo(string executor)
    {
        using var rig = new WorkerRig(executor);
        Launch listening = rig.Launch("Listen", rig.PathOf("pid"));
        rig.Executor.Start(listening);
        string pid = rig.Await(rig.PathOf("pid"));

        rig.Executor.Stop(listening.Unit, TimeSpan.FromSeconds(10));
        AttemptEnd end = rig.End();

        Assert.IsTrue(end is { Stopped: true, CameBack: true }, end.ToString());
        Assert.StartsWith("stopping as asked\n", rig.LogOf(end));
        Assert.IsFalse(WorkerRig.Alive(pid), "a worker that was asked to stop is not used again");
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void MethodLeavesAProcess_TheProcessIsEndedAndNamed_AndTheWorkerStays(string executor)
    {
        using var rig = new WorkerRig(executor);
        string before = rig.LogOf(rig.Run("Pid")).Split(' ')[0];

        AttemptEnd end = rig.Run("Leave", rig.PathOf("left"));

        string left = File.ReadAllText(rig.PathOf("left"));
        Assert.IsFalse(WorkerRig.Alive(left));
        Assert.AreEqual($"sleep ({left})", string.Join(' ', end.Survivors));
        Assert.IsTrue(end.CameBack);
        Assert.AreEqual(before, rig.LogOf(rig.Run("Pid")).Split(' ')[0]);
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void ThreadWritesOn_WhenItsUnitHasEnded_NoOtherUnitHasItInItsLog(string executor)
    {
        using var rig = new WorkerRig(executor);
        AttemptEnd first = rig.Run("WriteOn");

        for (int i = 0; i < 20; i++)
        {
            AttemptEnd next = rig.Run("Pid");
            Assert.DoesNotContain("late", rig.LogOf(next));
        }

        Assert.StartsWith("mine\n", rig.LogOf(first));
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void Output_ReachesTheLogByteForByte_InTheOrderInWhichItWasWritten(string executor)
    {
        using var rig = new WorkerRig(executor);

        AttemptEnd end = rig.Run("Write", "höhe\0\r\n", "error;");

        Assert.AreEqual("höhe\0\r\nerror;höhe\0\r\n", rig.LogOf(end));
        Assert.AreEqual(2 * "höhe\0\r\n"u8.Length + 6, end.OutputBytes);
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void MethodChangesItsSurroundings_TheNextFindsThemAsTheyShouldBe(string executor)
    {
        using var rig = new WorkerRig(executor);
        File.WriteAllText(rig.PathOf("in.txt"), "from a file");

        rig.Run("Surroundings");
        AttemptEnd second = rig.Run(rig.Launch("Surroundings") with { StandardInput = "in.txt" });
        AttemptEnd third = rig.Run("Surroundings");

        Assert.AreEqual($"{rig.Folder}\nunit1\nclean\nclean\nfrom a file\n", rig.LogOf(second));
        Assert.AreEqual($"{rig.Folder}\nunit2\nclean\nclean\n\n", rig.LogOf(third));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void FilesForOutputAndError_GetEachItsOwn()
    {
        using var rig = new WorkerRig("linux");

        rig.Run("Pid");
        rig.Run(rig.Launch("Write", "out", "err") with { StandardOutput = "out.txt", StandardError = "err.txt" });

        Assert.AreEqual("outout", File.ReadAllText(rig.PathOf("out.txt")));
        Assert.AreEqual("err", File.ReadAllText(rig.PathOf("err.txt")));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void NoRuntimeToStartAWorkerWith_IsNotStarted()
    {
        string folder = Directory.CreateTempSubdirectory("pexen-worker-").FullName;
        using var rig = new WorkerRig("linux");
        using IExecutor executor = Execution.Local.LocalExecutor.Create(() => new WorkerStart
        {
            File = "dotnet",
            HostAssembly = Path.Combine(folder, "none.dll"),
            Environment = rig.Launch("Nothing").Environment,
        });

        executor.Start(rig.Launch("Nothing"));
        AttemptEnd? end;
        while ((end = executor.Wait(TimeSpan.FromSeconds(10))) is null)
        {
        }

        Assert.Contains("before it was ready", end.StartFailure ?? "");
        Directory.Delete(folder);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void MethodsOneAfterTheOther_EachHasTheProcessorTimeOfItsOwnCall()
    {
        using var rig = new WorkerRig("linux");
        _ = rig.Run("Nothing");

        AttemptEnd busy = rig.Run("Compute", "500");
        AttemptEnd idle = rig.Run("Nothing");

        Assert.IsTrue(busy.CameBack, busy.ToString());
        Assert.IsGreaterThanOrEqualTo(500, busy.ProcessorTime!.Value.TotalMilliseconds);
        Assert.IsLessThan(300, idle.ProcessorTime!.Value.TotalMilliseconds);
        Assert.IsNull(idle.PeakMemory, "the worker's peak is of all its methods");
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void MethodsOfDifferentSlots_RunOnTheProcessorsOfTheirs_InOneWorker()
    {
        using var rig = new WorkerRig("linux");
        string[] processes = ["", ""];
        for (int processor = 0; processor < Math.Min(2, Environment.ProcessorCount); processor++)
        {
            string shown = rig.LogOf(rig.Run(rig.Launch("Processors") with { Processors = [processor] }));
            Assert.AreEqual($"{processor}\n{processor}\n", shown);
            processes[processor] = rig.LogOf(rig.Run(rig.Launch("Pid") with { Processors = [processor] })).Split(' ')[0];
        }

        Assert.IsTrue(Environment.ProcessorCount < 2 || processes[0] == processes[1], "another worker");
    }
}
