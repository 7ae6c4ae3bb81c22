using System.Globalization;
using System.Text.Json;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Ends;

/// <summary>Tests with a single project, <c>one</c>, and what they ask of it.</summary>
public abstract class OneProject : EndToEnd
{
    private protected string Former() => Directory.GetDirectories(Sandbox["one/obj/pexen/Debug/AfterBuild/history"]).Single();

    private protected static JsonElement[] Units(BuildRun run) => [.. run.Record("one", "AfterBuild").GetProperty("units").EnumerateArray()];

    private protected int ProcessIn(string name) => int.Parse(File.ReadAllText(Sandbox[$"one/{name}.pid"]), CultureInfo.InvariantCulture);

    private protected void AssertCancelled(BuildRun run)
    {
        AssertRecord(run, "Cancelled");
        foreach (JsonElement unit in Units(run))
        {
            Assert.AreEqual("Cancelled", unit.GetProperty("outcome").GetString());
        }
    }

    private protected void AssertRecord(BuildRun run, string outcome)
    {
        RecordAssert.KeepsTheRules(Sandbox["one/obj/pexen/Debug/AfterBuild"]);
        Assert.AreEqual(outcome, run.Record("one", "AfterBuild").GetProperty("outcome").GetString(), run.Output);
    }

    private protected static void KillSupervisorAndBuild(StartedBuild build)
    {
        // Stopped first, so that neither sees the other go.
        int supervisor = build.Supervisors.Single().Id;
        build.Send(Signals.Stop);
        Assert.AreEqual(0, Signals.Send(supervisor, Signals.Stop));
        Assert.AreEqual(0, Signals.Send(supervisor, Signals.Kill));
        build.Send(Signals.Kill).WaitForEnd();
    }
}
