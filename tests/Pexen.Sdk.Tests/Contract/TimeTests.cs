using System.Text.Json;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Contract;

/// <summary>Contract 2.4: retries, delays, limits, slow notices.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed class TimeTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void EveryUnitSaysSomethingAboutTime_EachEndsAsItsMetadataSays()
    {
        Sandbox.WithUnits(
            "time/time.proj",
            """
            <PexenUnit Include="flaky" Command="echo attempt $PEXEN_ATTEMPT; test $PEXEN_ATTEMPT = 3" Retries="5" RetryDelay="200ms" RetryBackoff="2" Claims="db" />
            <PexenUnit Include="needs-flaky" Executable="/bin/true" Requires="flaky" />
            <PexenUnit Include="only-75" Command="exit 75" Retries="2" RetryOn="75" />
            <PexenUnit Include="not-75" Command="exit 76" Retries="2" RetryOn="75" />
            <PexenUnit Include="crashing" Command="test $PEXEN_ATTEMPT = 2 || kill -9 $$" Retries="1" RetryDelay="1s" Claims="net" />
            <PexenUnit Include="wants-net" Executable="/bin/true" Claims="net/ipv4" After="marker" />
            <PexenUnit Include="marker" Command="sleep 0.5" />
            <PexenUnit Include="silent" Command="echo once; sleep 60" IdleTimeout="700ms" GracePeriod="0s" />
            <PexenUnit Include="talking" Command="for i in 1 2 3 4 5 6; do echo $i; sleep 0.3; done" IdleTimeout="1500ms" />
            <PexenUnit Include="soak" Command="echo soaking; sleep 60" Timeout="1s" OnTimeout="Pass" Retries="3" />
            <PexenUnit Include="delayed" Executable="/bin/true" StartDelay="1500ms" />
            <PexenUnit Include="total" Command="sleep 0.4; exit 1" Retries="100" TotalTimeout="2s" GracePeriod="0s" />
            <PexenUnit Include="slow" Command="echo working; sleep 3" SlowAfter="1s" Claims="slow-db" />
            <PexenUnit Include="after-slow" Executable="/bin/true" Requires="slow" />
            """,
            "<PexenMaxParallel>16</PexenMaxParallel>");

        BuildRun build = Sandbox.MSBuild("time/time.proj");
        RecordedRun run = build.Run("time", "AfterBuild");

        (string Unit, string Outcome, int Attempts)[] expected =
        [
            ("flaky", "Flaky attempt 3", 3), ("needs-flaky", "Succeeded", 1), ("only-75", "Failed exit code 75", 3), ("not-75", "Failed exit code 76", 1),
            ("crashing", "Flaky attempt 2", 2), ("wants-net", "Succeeded", 1), ("silent", "TimedOut idle timeout", 1), ("talking", "Succeeded", 1),
            ("soak", "Succeeded timeout", 1), ("delayed", "Succeeded", 1), ("slow", "Succeeded", 1),
        ];
        Assert.AreEqual(
            string.Join('\n', expected.Select(one => $"{one.Unit}: {one.Outcome}, {one.Attempts}")),
            string.Join('\n', expected.Select(one => $"{one.Unit}: {run.OutcomeOf(one.Unit)}, {run[one.Unit].GetProperty("attempts").GetArrayLength()}")));
        JsonElement[] attempts = [.. run["flaky"].GetProperty("attempts").EnumerateArray()];
        Assert.AreEqual("attempt 1\n", File.ReadAllText(Path.Combine(run.Folder, attempts[0].GetProperty("log").GetString()!)));
        Assert.AreEqual("attempt 3\n", run.LogOf("flaky"));
        Assert.IsGreaterThan(run.Events.Last(one => Is(one, "end", "crashing")).GetProperty("seq").GetInt64(), run.Sequence("start", "wants-net"), "the crash keeps its locks between its attempts");
        Assert.IsGreaterThanOrEqualTo(1500, Since(run, "delayed"));
        Assert.IsLessThanOrEqualTo(5, run["total"].GetProperty("attempts").GetArrayLength());
        Assert.Contains("PEX4003", build.Warnings);
        build.Failed("PEX3004");
        foreach (string part in new[] { "PEX4005", "Unit 'slow' still runs", "s ago): working", "sleep (", "It holds 'slow-db'", "For it waits after-slow" })
        {
            Assert.Contains(part, build.Output);
        }
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void TheProjectHasDefaultsOfTime_UnitsOfBothKindsHaveThem()
    {
        Sandbox.WithUnits(
            "defaults/defaults.proj",
            """
            <PexenUnit Include="again" Command="exit 1" />
            <PexenUnit Include="once" Command="exit 1" Retries="0" />
            <PexenUnit Include="adds" Command="printf '{&quot;name&quot;:&quot;added&quot;,&quot;command&quot;:&quot;exit 1&quot;}\n' >> $PEXEN_UNITS" />
            """,
            "<PexenDefaultRetries>1</PexenDefaultRetries><PexenDefaultIdleTimeout>1m</PexenDefaultIdleTimeout><PexenSlowAfter>0s</PexenSlowAfter>");

        RecordedRun run = Sandbox.MSBuild("defaults/defaults.proj").Run("defaults", "AfterBuild");

        Assert.AreEqual("2 1 2", string.Join(' ', new[] { "again", "once", "added" }.Select(unit => run[unit].GetProperty("attempts").GetArrayLength())));
    }

    private static bool Is(JsonElement line, string name, string unit) =>
        line.GetProperty("event").GetString() == name && line.TryGetProperty("unit", out JsonElement of) && of.GetString() == unit;

    private static double Since(RecordedRun run, string unit) =>
        (run[unit].GetProperty("startedAt").GetDateTimeOffset() - run.Json.GetProperty("startedAt").GetDateTimeOffset()).TotalMilliseconds;
}
