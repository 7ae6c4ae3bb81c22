using Pexen.Engine.Tests.Dispatching;
using Pexen.Execution;

namespace Pexen.Engine.Tests.Records;

/// <summary>What a supervisor leaves that was killed while it made room for its run.</summary>
[TestClass]
public sealed class RunFolderTests
{
    [TestMethod]
    public void EventsHaveNoRecord_TheyAreOfARunThatNeverBegan()
    {
        using var stage = new Stage();
        stage.With("a").Play();
        File.Delete(stage.Folder.Record);

        stage.Folder.Prepare();

        Assert.IsFalse(File.Exists(stage.Folder.Events));
        Assert.IsFalse(Directory.Exists(stage.Folder.History));
    }

    [TestMethod]
    public void MoveToHistoryWasCutShort_NextRunMovesTheRest()
    {
        using var stage = new Stage();
        stage.With("a").Executor.Let("a", TimeSpan.FromSeconds(1), new AttemptEnd { Unit = 0, ExitCode = 0 }, "said");
        stage.Play();
        string moved = Path.Combine(stage.Folder.History, stage.Record.RunId);
        Directory.CreateDirectory(moved);
        Directory.Move(stage.Folder.Logs, Path.Combine(moved, "logs"));
        File.Move(stage.Folder.Events, Path.Combine(moved, "events.jsonl"));

        stage.Folder.Prepare();

        Assert.IsFalse(File.Exists(stage.Folder.Record));
        Assert.IsTrue(File.Exists(Path.Combine(moved, "run.json")));
        Assert.IsTrue(File.Exists(Path.Combine(moved, "events.jsonl")));
        Assert.AreEqual("said", File.ReadAllText(Path.Combine(moved, "logs", "a.log")));
    }
}
