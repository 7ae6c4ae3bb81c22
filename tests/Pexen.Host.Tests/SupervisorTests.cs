using System.Diagnostics;
using System.Runtime.InteropServices;
using Pexen.Execution.Protocol;
using Pexen.Execution.Supervision;
using Pexen.Records;

namespace Pexen.Host.Tests;

[TestClass]
public sealed partial class SupervisorTests
{
    /// <summary>Says who it is, then runs until it is stopped; the file is there once whole.</summary>
    private const string Endless = "echo $$ > pid.tmp; mv pid.tmp pid; while :; do sleep 1; done";

    private const int Terminate = 15;
    private const int Kill = 9;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public void ThreeUnits_RunInOrderAndLeaveARecord()
    {
        using Scene scene = new Scene().With("a", "echo one > file").With("b", "echo two >> file; echo said", "a").With("c", "cat file", "b");

        FinishMessage? finish = scene.Run();

        Assert.AreEqual("Succeeded", finish?.Outcome, string.Join('\n', scene.Messages));
        Assert.AreEqual(new OutcomeCounts(3, 3, 0, 0, 0, 0), finish!.Counts);
        RunRecord record = scene.Record;
        Assert.AreEqual("Succeeded", record.Outcome);
        Assert.IsNull(record.Units[0].Log);
        Assert.AreEqual("one\ntwo\n", File.ReadAllText(Path.Combine(scene.Folder.Path, record.Units[2].Log!)));
        Assert.IsFalse(File.Exists(scene.Folder.Running));
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public void TaskCancels_UnitsAreGoneAndTheRecordSaysCancelled()
    {
        using Scene scene = new Scene().With("a", Endless).With("b", "true", "a");
        Task<FinishMessage?> run = scene.Begin();
        scene.WaitForFile("pid", TestContext.CancellationToken);

        scene.Client.Cancel();

        AssertCancelled(scene, run.GetAwaiter().GetResult());
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    [OSCondition(OperatingSystems.Linux)]
    public void SupervisorIsTerminated_UnitsAreGoneAndTheRecordSaysCancelled()
    {
        using Scene scene = new Scene().With("a", Endless).With("b", "true", "a");
        Task<FinishMessage?> run = scene.Begin();
        scene.WaitForFile("pid", TestContext.CancellationToken);

        _ = SendSignal(scene.Client.ProcessId, Terminate);

        AssertCancelled(scene, run.GetAwaiter().GetResult());
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public void InputEnds_UnitsAreGoneAndTheRecordSaysCancelled()
    {
        using Scene scene = new Scene().With("a", Endless).With("b", "true", "a");
        using Process host = Process.Start(new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Pexen.Host.dll")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        host.StandardInput.BaseStream.Write(RunRequestWriter.Write(scene.Request()).Span);
        host.StandardInput.BaseStream.Flush();
        scene.WaitForFile("pid", TestContext.CancellationToken);

        // Nobody reads its messages any more either: as after the death of a node.
        host.StandardOutput.Close();
        host.StandardInput.Close();
        host.WaitForExit();

        Assert.AreEqual("Cancelled", scene.Record.Outcome);
        Assert.IsFalse(IsAlive(scene.ProcessIn("pid")));
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    [OSCondition(OperatingSystems.Linux)]
    public void SupervisorIsKilled_ClientSaysSoAndRecoveryEndsWhatIsLeft()
    {
        using Scene scene = new Scene().With("a", "true").With("b", Endless, "a").With("c", "true", "b");
        Task<FinishMessage?> run = scene.Begin();
        scene.WaitForFile("pid", TestContext.CancellationToken);
        int unit = scene.ProcessIn("pid");

        _ = SendSignal(scene.Client.ProcessId, Kill);

        Assert.IsNull(run.GetAwaiter().GetResult());
        Assert.AreEqual("PEX3012", scene.Codes.Single());
        RecoveredRun recovered = Recovery.Recover(scene.Folder)!;
        Assert.IsFalse(IsAlive(unit));
        Assert.AreEqual("Interrupted", scene.Record.Outcome);
        CollectionAssert.AreEqual(new[] { "Succeeded", "Cancelled", "Cancelled" }, scene.Record.Units.Select(one => one.Outcome).ToArray());
        Assert.AreEqual(2, recovered.Lost);
        Assert.IsNull(Recovery.Recover(scene.Folder));
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public void CommandIsNotThere_IsTold()
    {
        using Scene scene = new Scene().With("a", "true");
        using var client = new HostClient("/no/such/dotnet", "Pexen.Host.dll");
        var messages = new List<HostMessage>();

        Assert.IsNull(client.Run(scene.Request(), messages.Add));
        Assert.AreEqual("PEX3012", ((DiagnosticMessage)messages.Single()).Diagnostic.Code);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public void HostIsNotOne_WhatItSaidIsTold()
    {
        using Scene scene = new Scene().With("a", "true");
        using var client = new HostClient("dotnet", "/no/such/Pexen.Host.dll");
        var messages = new List<HostMessage>();

        Assert.IsNull(client.Run(scene.Request(), messages.Add));
        StringAssert.Contains(((DiagnosticMessage)messages.Single()).Diagnostic.Message, "/no/such/Pexen.Host.dll", StringComparison.Ordinal);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public void TwoPhasesOfOneProjectClaimOneResource_SecondWaitsForTheFirst()
    {
        using Scene first = new Scene().With("a", "echo $$ > pid.tmp; mv pid.tmp pid; while [ ! -e go ]; do sleep 0.05; done; echo first >> order");
        using var second = new Scene(first) { Phase = "BeforeTest" };
        second.With("before", "touch waiting").With("b", "echo second >> order", "before");
        Task<FinishMessage?> one = first.Begin();
        first.WaitForFile("pid", TestContext.CancellationToken);
        Task<FinishMessage?> two = second.Begin();

        // The claim of the first stands in the way of everything in the second.
        Assert.IsFalse(two.Wait(1500));
        Assert.IsFalse(File.Exists(Path.Combine(second.ProjectDirectory, "waiting")));
        File.WriteAllText(Path.Combine(first.ProjectDirectory, "go"), "");

        Assert.AreEqual("Succeeded", one.GetAwaiter().GetResult()?.Outcome);
        Assert.AreEqual("Succeeded", two.GetAwaiter().GetResult()?.Outcome, string.Join('\n', second.Messages));
        Assert.AreEqual("first\nsecond\n", File.ReadAllText(Path.Combine(first.ProjectDirectory, "order")));
        Assert.IsTrue(second.Record.Units[0].LockWaitMs > 500);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    [OSCondition(OperatingSystems.Linux)]
    public void DiskFillsUp_WriterFailsByNameAndTheRecordIsWhole()
    {
        using var scene = new Scene { Claims = "" };
        Directory.CreateDirectory(scene.Folder.Path);
        if (RunTool("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", scene.Folder.Path) != 0)
        {
            Assert.Inconclusive("A file system of its own needs root.");
        }

        try
        {
            scene.With("writer", "yes | head -c 20000000").With("after", "test -n x");
            for (int number = 0; number < 40; number++)
            {
                scene.With($"more{number}", "true");
            }

            FinishMessage? finish = scene.Run();

            Assert.AreEqual("Failed", finish?.Outcome, string.Join('\n', scene.Messages));
            Assert.AreEqual("PEX3011", scene.Record.Units[0].Code);
            Assert.AreEqual(41, scene.Record.Units.Count(unit => unit.Outcome == "Succeeded"));
            Assert.AreEqual("finish", Recovery.ReadEvents(scene.Folder.Events)[^1].GetProperty("event").GetString());
            Assert.AreEqual(1, scene.Codes.Count(code => code == "PEX3011"));
        }
        finally
        {
            RunTool("umount", scene.Folder.Path);
        }
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void TwoThousandUnits_AllHaveTheirRecord()
    {
        using var scene = new Scene { Claims = "" };
        for (int number = 0; number < 2000; number++)
        {
            scene.With($"u{number}", "true");
        }

        FinishMessage? finish = scene.Run();

        Assert.AreEqual(2000, finish?.Counts.Succeeded);
        TestContext.WriteLine($"{finish!.DurationMs} ms");
    }

    private static int RunTool(string tool, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    private static void AssertCancelled(Scene scene, FinishMessage? finish)
    {
        Assert.AreEqual("Cancelled", finish?.Outcome, string.Join('\n', scene.Messages));
        Assert.IsFalse(IsAlive(scene.ProcessIn("pid")));
        CollectionAssert.AreEqual(new[] { "Cancelled", "Cancelled" }, scene.Record.Units.Select(one => one.Outcome).ToArray());
        Assert.AreEqual("PEX3009", scene.Codes.Single());
    }

    /// <summary>One that is dead but that nobody has asked for its end yet, as under an init that does not, is not alive.</summary>
    private static bool IsAlive(int process)
    {
        try
        {
            string status = File.ReadAllText($"/proc/{process}/stat");
            return status[status.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
