using System.Text;
using Pexen.Engine.Tests.Dispatching;
using Pexen.Execution;
using Pexen.Records;

namespace Pexen.Engine.Tests.Records;

[TestClass]
public sealed class RecoveryTests
{
    [TestMethod]
    public void EventsAreCutAnywhere_RecordIsReadableAndHasEveryUnitOnce()
    {
        using Stage stage = Lost(out byte[] events, out byte[] running);
        string[] ended = ["a", "b", "c", "d"];
        for (int length = 0; length <= events.Length; length++)
        {
            File.WriteAllBytes(stage.Folder.Running, running);
            File.WriteAllBytes(stage.Folder.Events, events.AsSpan(0, length));
            File.Delete(stage.Folder.Record);

            RecoveredRun recovered = Recovery.Recover(stage.Folder, _ => [])!;

            RunRecord record = stage.Record;
            CollectionAssert.AreEqual(ended, record.Units.Select(unit => unit.Name).ToArray());
            bool finished = Encoding.UTF8.GetString(events, 0, length).Split('\n').Any(line => line.Contains("\"finish\"", StringComparison.Ordinal) && line.EndsWith('}'));
            Assert.AreEqual(finished ? "Failed" : "Interrupted", record.Outcome);
            Assert.AreEqual(recovered.Lost, record.Units.Count(unit => unit.Outcome == "Cancelled"));
            Assert.IsFalse(File.Exists(stage.Folder.Running));
            foreach (UnitRecord unit in record.Units)
            {
                Assert.AreEqual(unit.StartedAt is null, unit.Slot is null);
                Assert.IsTrue(unit.Outcome != "Failed" || unit.Code == "PEX3008");
                Assert.AreEqual(unit.Attempts.LastOrDefault()?.Outcome ?? unit.Outcome, unit.Outcome);
            }
        }
    }

    [TestMethod]
    public void UnitWroteValuesAndResults_TheRecordOfTheLostRunHasThem()
    {
        using Stage stage = new Stage().With("a").With("b", requires: "a");
        byte[] running = [];
        stage.Executor.OnStart = launch =>
        {
            running = File.ReadAllBytes(stage.Folder.Running);
            Write(launch, "PEXEN_OUTPUT", $"from={launch.Name}\n");
            Write(launch, "PEXEN_RESULTS", $$"""{"name":"{{launch.Name}}","status":"warn","note":"n","files":["f"]}""" + "\n");
        };
        stage.Play();
        File.Delete(stage.Folder.Record);
        File.WriteAllBytes(stage.Folder.Running, running);

        Recovery.Recover(stage.Folder, _ => []);

        Assert.AreEqual("a", stage.Unit("a").Shared["from"]);
        Assert.AreEqual("b warn n f", string.Join(' ', stage.Unit("b").Results.Select(one => $"{one.Name} {one.Status} {one.Note} {one.Files.Single()}")));

        static void Write(Launch launch, string variable, string text) => File.WriteAllText(launch.Environment.Single(one => one.Key == variable).Value, text);
    }

    [TestMethod]
    public void EventsAreWhole_UnitsKeepWhatTheyCameTo()
    {
        using Stage stage = Lost(out byte[] _, out byte[] running);
        RunRecord whole = stage.Record;
        File.Delete(stage.Folder.Record);
        File.WriteAllBytes(stage.Folder.Running, running);

        RecoveredRun recovered = Recovery.Recover(stage.Folder, _ => ["sleep (1)"])!;

        Assert.AreEqual(0, recovered.Lost);
        StringAssert.Contains(recovered.ToDiagnostic().Message, "sleep (1)", StringComparison.Ordinal);
        foreach ((UnitRecord before, UnitRecord after) in whole.Units.Zip(stage.Record.Units))
        {
            Assert.AreEqual((before.Outcome, before.Code, before.Reason, before.CausedBy), (after.Outcome, after.Code, after.Reason, after.CausedBy));
            Assert.AreEqual((before.StartedAt, before.FinishedAt, before.Log, before.Signal), (after.StartedAt, after.FinishedAt, after.Log, after.Signal));
        }

        Assert.AreEqual(whole.HeldLocks.Single(), stage.Record.HeldLocks.Single());
    }

    [TestMethod]
    public void RecordWasWritten_NothingIsRecovered()
    {
        using Stage stage = Lost(out byte[] _, out byte[] running);
        File.WriteAllBytes(stage.Folder.Running, running);

        Assert.IsNull(Recovery.Recover(stage.Folder, _ => throw new InvalidOperationException()));
        Assert.AreEqual("Failed", stage.Record.Outcome);
    }

    [TestMethod]
    public void Record_ReadsAsItWasWritten()
    {
        using Stage stage = Lost(out byte[] _, out byte[] _);
        byte[] written = RunRecordWriter.Write(stage.Record).ToArray();

        CollectionAssert.AreEqual(File.ReadAllBytes(stage.Folder.Record), written);
    }

    /// <summary>A run of a success with a log, a crash that holds a resource, a skip for it, and a milestone.</summary>
    private static Stage Lost(out byte[] events, out byte[] running)
    {
        Stage stage = new Stage()
            .With("a")
            .With("b", unit => unit with { Claims = ["db"] }, "a")
            .With("c", unit => unit with { Claims = ["db"] })
            .With("d", unit => unit with { Work = new Model.MilestoneWork() }, "a");
        stage.Executor.Let("a", TimeSpan.FromSeconds(1), new AttemptEnd { Unit = 0, ExitCode = 0 }, "said");
        stage.Executor.Let("c", TimeSpan.FromSeconds(2), new AttemptEnd { Unit = 0, Signal = 11 });
        byte[]? seen = null;
        stage.Executor.OnStart = _ => seen ??= File.ReadAllBytes(stage.Folder.Running);
        stage.Play();
        events = File.ReadAllBytes(stage.Folder.Events);
        running = seen!;
        return stage;
    }
}
