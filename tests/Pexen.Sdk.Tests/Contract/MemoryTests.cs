using System.Text.Json;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Contract;

/// <summary>Contract 2.9: memory. What takes some is <c>tail</c>, which keeps a line without an end, and gives it to somebody who does not read it.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed class MemoryTests : EndToEnd
{
    [TestMethod]
    [TestCategory("EP-04")]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void UnitsWithMemoryLimits_ThoseAboveAreStoppedAndFail_AndTheRecordHasWhatAllUsed()
    {
        Sandbox.WithUnits(
            "memory/memory.proj",
            $"""
            <PexenUnit Include="greedy" Command="{Take(200, 60)}" MemoryLimit="100MB" Claims="db" />
            <PexenUnit Include="needs-greedy" Executable="/bin/true" Requires="greedy" />
            <PexenUnit Include="tree" Command="({Take(70, 60)}) &amp; {Take(70, 60)}" MemoryLimit="120MB" GracePeriod="0s" />
            <PexenUnit Include="modest" Command="{Take(60, 2)}" MemoryLimit="150MB" />
            <PexenUnit Include="again" Command="test $PEXEN_ATTEMPT = 2 || {Take(200, 60)}" MemoryLimit="100MB" Retries="1" RetryOn="Memory" />
            <PexenUnit Include="free" Command="{Take(250, 1)}; i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done" />
            <PexenUnit Include="huge" Executable="/bin/true" MemoryLimit="900TB" />
            <PexenUnit Include="milestone" />
            """,
            "<PexenMaxParallel>8</PexenMaxParallel>");

        BuildRun build = Sandbox.MSBuild("memory/memory.proj").Failed("PEX3010");
        RecordedRun run = build.Run("memory", "AfterBuild");

        (string Unit, string Outcome)[] expected =
        [
            ("greedy", "Failed memory limit"), ("needs-greedy", "Skipped notProvided"), ("tree", "Failed memory limit"), ("modest", "Succeeded"),
            ("again", "Flaky attempt 2"), ("free", "Succeeded"), ("huge", "Succeeded"), ("milestone", "Succeeded"),
        ];
        Assert.AreEqual(string.Join('\n', expected), string.Join('\n', expected.Select(one => (one.Unit, run.OutcomeOf(one.Unit)))));
        foreach ((string unit, long least, long most) in new[] { ("greedy", 100_000_000, 230_000_000), ("modest", 60_000_000, 150_000_000), ("free", 250_000_000, 300_000_000L) })
        {
            long peak = run[unit].GetProperty("peakMemoryBytes").GetInt64();
            Assert.IsTrue(peak >= least && peak <= most, $"{unit} had {peak}");
        }

        Assert.IsGreaterThan(50, run["free"].GetProperty("cpuMs").GetDouble());
        Assert.AreEqual(100_000_000, run["greedy"].GetProperty("limits").GetProperty("memoryBytes").GetInt64());
        Assert.AreEqual(JsonValueKind.Null, run["milestone"].GetProperty("cpuMs").ValueKind);
        Assert.Contains("PEX1006", build.Warnings);
        Assert.Contains("MemoryLimit=\"900TB\" is more than this machine has", build.Output);
        Assert.Contains("of memory, and its MemoryLimit is 100MB", build.Output);
    }

    [TestMethod]
    [TestCategory("EP-08")]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow("Process", "Succeeded", "Succeeded")]
    [DataRow("Heaviest", "Succeeded", "Failed memory limit")]
    [DataRow("Tree", "Failed memory limit", "Failed memory limit")]
    public void TheProjectSaysWhoseMemoryCounts_ThatDecides(string kind, string many, string one)
    {
        Sandbox.WithUnits(
            "kinds/kinds.proj",
            $"""
            <PexenUnit Include="many" Command="({Take(70, 4)}) &amp; {Take(70, 4)}; wait" MemoryLimit="120MB" />
            <PexenUnit Include="one" Command="{Take(200, 8)}; true" MemoryLimit="120MB" />
            """,
            $"<PexenMemoryKind>{kind}</PexenMemoryKind>");

        RecordedRun run = Sandbox.MSBuild("kinds/kinds.proj").Run("kinds", "AfterBuild");

        Assert.AreEqual($"{many}, {one}", $"{run.OutcomeOf("many")}, {run.OutcomeOf("one")}");
        Assert.AreEqual(kind, run.Json.GetProperty("memoryKind").GetString());
    }

    [TestMethod]
    [TestCategory("EP-05")]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void UnitsTogetherHaveMoreThanTheProjectAllows_OneGivesWayAndRunsLater_AndOneThatHasItAloneFails()
    {
        Sandbox.WithUnits(
            "together/together.proj",
            $"""
            <PexenUnit Include="spared" Command="{Take(100, 4)}" Preemptible="false" />
            <PexenUnit Include="postponed" Command="{Take(100, 4)}" Claims="db" />
            <PexenUnit Include="alone" Command="{Take(250, 60)}" Requires="spared;postponed" />
            """,
            "<PexenMemoryLimit>150MB</PexenMemoryLimit><PexenMaxParallel>4</PexenMaxParallel>");

        BuildRun build = Sandbox.MSBuild("together/together.proj").Failed("PEX3010");
        RecordedRun run = build.Run("together", "AfterBuild");

        Assert.AreEqual("Succeeded, Succeeded, Failed run memory limit", $"{run.OutcomeOf("spared")}, {run.OutcomeOf("postponed")}, {run.OutcomeOf("alone")}");
        Assert.AreEqual("1 2 1", string.Join(' ', run.Units.Select(unit => unit.GetProperty("attempts").GetArrayLength())));
        Assert.IsGreaterThan(run.Sequence("end", "spared"), run.Events.Last(one => Is(one, "start", "postponed")).GetProperty("seq").GetInt64(), "it waits until there is room");
        Assert.AreEqual(1, run.Events.Single(one => Is(one, "preempt", "postponed")).GetProperty("width").GetInt32());
        Assert.AreEqual(150_000_000, run.Json.GetProperty("memoryLimitBytes").GetInt64());
    }

    [TestMethod]
    [TestCategory("EP-03")]
    [TestCategory("EP-06")]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void AUnitBreaksItsLimit_ThoseOfItsCategoryThatAreAsLargeGoWithIt()
    {
        Sandbox.WithUnits(
            "chain/chain.proj",
            $"""
            <PexenUnit Include="master" Command="sleep 60" Timeout="2s" Category="solver" Size="2" GracePeriod="0s" />
            <PexenUnit Include="larger" Command="sleep 60" Category="Solver" Size="3" GracePeriod="0s" />
            <PexenUnit Include="smaller" Command="sleep 4" Category="solver" Size="1" />
            <PexenUnit Include="other" Command="sleep 4" Category="render" Size="9" />
            <PexenUnit Include="queued" Executable="/bin/true" Category="solver" Size="2" Requires="smaller" />
            <PexenUnit Include="needs-larger" Executable="/bin/true" Requires="larger" />
            <PexenUnit Include="greedy" Command="{Take(100, 60)}" MemoryLimit="50MB" Category="memory" Size="1" />
            <PexenUnit Include="greedy-too" Executable="/bin/true" Category="memory" Size="1" After="smaller" />
            """,
            "<PexenMaxParallel>8</PexenMaxParallel>");

        BuildRun build = Sandbox.MSBuild("chain/chain.proj").Failed("PEX3002");
        RecordedRun run = build.Run("chain", "AfterBuild");

        Assert.AreEqual(
            "TimedOut timeout, Cancelled chained, Succeeded, Succeeded, Skipped chained, Skipped chained, Failed memory limit, Skipped chained",
            string.Join(", ", run.Units.Select(unit => run.OutcomeOf(unit.GetProperty("name").GetString()!))));
        Assert.AreEqual("master master master", string.Join(' ', new[] { "larger", "queued", "needs-larger" }.Select(unit => run[unit].GetProperty("causedBy").GetString())));
        Assert.Contains("of its Category 'solver' with at least its Size of 2: larger", build.Output);
    }

    private static bool Is(JsonElement line, string name, string unit) =>
        line.GetProperty("event").GetString() == name && line.TryGetProperty("unit", out JsonElement of) && of.GetString() == unit;

    /// <summary>Has so many megabytes for so many seconds.</summary>
    private static string Take(int megabytes, int seconds) => $"head -c {megabytes}000000 /dev/zero | tail | sleep {seconds}";
}
