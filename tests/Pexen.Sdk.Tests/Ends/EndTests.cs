using System.Globalization;
using System.Text.Json;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Ends;

/// <summary>The table of ends: however a run ends, nothing of it stays alive, and its record is whole and says how.</summary>
[TestClass]
[TestCategory("EndToEnd")]
[OSCondition(OperatingSystems.Linux)]
public sealed class EndTests : EndToEnd
{
    public static IEnumerable<TestDataRow<Ending>> Always => EndingTable.Always;

    public static IEnumerable<TestDataRow<Ending>> All => EndingTable.All;

    [TestMethod(UnfoldingStrategy = TestDataSourceUnfoldingStrategy.Fold)]
    [DynamicData(nameof(Always))]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void RunIsEnded_NothingIsLeftAndTheRecordSaysHow(Ending ending) => Play(ending);

    [TestMethod(UnfoldingStrategy = TestDataSourceUnfoldingStrategy.Fold)]
    [Full]
    [TestCategory("Full")]
    [DynamicData(nameof(All))]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void RunIsEndedInAnyWay_NothingIsLeftAndTheRecordSaysHow(Ending ending) => Play(ending);

    private void Play(Ending ending)
    {
        using StartedBuild build = Start(ending);
        int[] processes = [.. ending.Projects.SelectMany(project => EndingProjects.ProcessFiles(project, ending.Kin)).Select(ProcessIn)];

        Strike(build, ending);

        BuildRun run = build.WaitForEnd();
        build.WaitForNothingLeft(nodesMayStay: ending.Mode is BuildMode.Server or BuildMode.NodeReuse);
        foreach (int process in processes)
        {
            Assert.IsNull(LiveProcess.Find(process), $"{process} lives:\n{run.Output}");
        }

        foreach (string project in ending.Projects)
        {
            AssertRecord(run, project, ending.LosesTheSupervisor ? "Interrupted" : "Cancelled");
        }

        AssertTold(run, ending, processes);
    }

    private StartedBuild Start(Ending ending)
    {
        foreach (string project in ending.Projects)
        {
            Sandbox.WithChildren(project, ending.Kin);
        }

        StartedBuild build = ending.Projects.Count > 1
            ? Sandbox.WithBoth().Start(["msbuild", "both.proj", "-m:2"], ending.Mode)
            : Sandbox.Start(["build", "one/one.proj"], ending.Mode);
        return build.WaitFor(ending.Projects.SelectMany(project => EndingProjects.ProcessFiles(project, ending.Kin)));
    }

    private static void Strike(StartedBuild build, Ending ending)
    {
        LiveProcess victim = Find(build, ending.Victim);
        (int signal, bool group) = ending.Blow switch
        {
            Blow.InterruptGroup => (Signals.Interrupt, true),
            Blow.Interrupt => (Signals.Interrupt, false),
            Blow.Terminate => (Signals.Terminate, false),
            Blow.TerminateGroup => (Signals.Terminate, true),
            Blow.HangUpGroup => (Signals.HangUp, true),
            Blow.Kill => (Signals.Kill, false),
            _ => (Signals.Kill, true),
        };
        Assert.AreEqual(0, Signals.Send(group ? -victim.Group : victim.Id, signal), victim.ToString());
    }

    private static LiveProcess Find(StartedBuild build, Victim victim)
    {
        IReadOnlyList<LiveProcess> all = build.Processes;
        LiveProcess? found = victim switch
        {
            Victim.Entry or Victim.EntryOfTwo => LiveProcess.Find(build.Id),
            Victim.Supervisor => all.Single(process => process.IsSupervisor),
            _ => all.FirstOrDefault(node => node.IsWorkerNode && all.Any(process => process.IsSupervisor && process.Parent == node.Id)),
        };
        return found ?? throw new AssertFailedException($"There is no {victim} among:\n{string.Join('\n', all)}");
    }

    private void AssertRecord(BuildRun run, string project, string outcome)
    {
        RecordAssert.KeepsTheRules(Sandbox[$"{project}/obj/pexen/Debug/AfterBuild"]);
        Assert.IsFalse(File.Exists(Sandbox[$"{project}/obj/pexen/Debug/AfterBuild/running.json"]));
        JsonElement record = run.Record(project, "AfterBuild");
        Assert.AreEqual(outcome, record.GetProperty("outcome").GetString(), run.Output);
        foreach (JsonElement unit in record.GetProperty("units").EnumerateArray())
        {
            Assert.AreEqual("Cancelled", unit.GetProperty("outcome").GetString(), unit.ToString());
        }

        Assert.Contains("PEX3009", record.GetProperty("diagnostics").EnumerateArray().Select(one => one.GetProperty("code").GetString()));
    }

    private static void AssertTold(BuildRun run, Ending ending, int[] processes)
    {
        if (!ending.IsToldByTheBuild)
        {
            return;
        }

        Assert.AreNotEqual(0, run.ExitCode, run.Output);
        Assert.Contains(ending.LosesTheSupervisor ? "PEX3012" : "PEX3009", run.Errors, run.Output);
        if (ending.LosesTheSupervisor)
        {
            Assert.Contains("PEX3009", run.Warnings, run.Output);
            foreach (int process in processes)
            {
                Assert.Contains($"({process})", run.Output);
            }
        }
    }

    private int ProcessIn(string file) => int.Parse(File.ReadAllText(Sandbox[file]), CultureInfo.InvariantCulture);
}
