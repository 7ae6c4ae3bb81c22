using System.Globalization;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Contract;

/// <summary>What a pool of jobs is trusted with: PyExPool's own scenarios, and the places where it goes wrong (docs/pyexpool.md).</summary>
[TestClass]
[TestCategory("EndToEnd")]
[OSCondition(OperatingSystems.Linux)]
public sealed class PoolTests : EndToEnd
{
    private const string Forever = "sleep 600";

    [TestMethod]
    [TestCategory("EP-01")]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void OneJobIsLongerThanItsTimeout_TheInstantOneEndsFirst()
    {
        Sandbox.WithUnits("pool/pool.proj", $"""
            <PexenUnit Include="long" Command="{Forever}" Timeout="400ms" GracePeriod="0s" />
            <PexenUnit Include="instant" Executable="/bin/true" />
            """, "<PexenMaxParallel>2</PexenMaxParallel>");

        RecordedRun run = Sandbox.MSBuild("pool/pool.proj").Failed("PEX3002").Run("pool", "AfterBuild");

        Assert.AreEqual("instant long", string.Join(' ', run.Order("end")));
        Assert.AreEqual("TimedOut timeout", run.OutcomeOf("long"));
        Assert.IsGreaterThanOrEqualTo(400, Duration(run, "long"));
    }

    [TestMethod]
    [TestCategory("EP-02")]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void TimeOfTheRunIsUp_EverythingHasEndedAndOneWasTriedAgainBefore()
    {
        Sandbox.WithUnits("bounded/bounded.proj", $"""
            <PexenUnit Include="long" Command="{Forever}" GracePeriod="0s" />
            <PexenUnit Include="again" Command="{Forever}" Timeout="200ms" Retries="1000" RetryOn="Timeout" GracePeriod="0s" />
            <PexenUnit Include="waiting" Executable="/bin/true" Requires="long" />
            """, "<PexenMaxParallel>2</PexenMaxParallel><PexenTimeout>3s</PexenTimeout>");

        RecordedRun run = Sandbox.MSBuild("bounded/bounded.proj").Failed("PEX3005").Run("bounded", "AfterBuild");

        Assert.AreEqual("TimedOut", run.Outcome);
        Assert.AreEqual("TimedOut, Cancelled", $"{run["long"].GetProperty("outcome")}, {run["waiting"].GetProperty("outcome")}");
        Assert.IsGreaterThanOrEqualTo(2, run["again"].GetProperty("attempts").GetArrayLength());
    }

    [TestMethod]
    [TestCategory("EP-R1")]
    [TestCategory("EP-R3")]
    [TestCategory("EP-R4")]
    [TestCategory("EP-R5")]
    [TestCategory("EP-R6")]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void JobsOfAllKindsGoWrong_EachIsToldAndTheOthersRun()
    {
        Sandbox.WithUnits("wrong/wrong.proj", """
            <PexenUnit Include="family" Command="sleep 600 &amp; echo $! &gt; child.pid; wait" Timeout="400ms" GracePeriod="0s" />
            <PexenUnit Include="deaf" Command="trap '' TERM; while :; do sleep 1 || true; done" Timeout="300ms" GracePeriod="300ms" />
            <PexenUnit Include="talks" Command="head -c 1000000 /dev/zero | tr '\0' 'x'; head -c 1000000 /dev/zero | tr '\0' 'y' &gt;&amp;2" />
            <PexenUnit Include="absent" Executable="no-such-program-at-all" />
            <PexenUnit Include="fails" Command="exit 3" />
            <PexenUnit Include="good" Executable="/bin/true" After="absent;fails" />
            """, "<PexenMaxParallel>2</PexenMaxParallel>");

        BuildRun build = Sandbox.MSBuild("wrong/wrong.proj");
        RecordedRun run = build.Run("wrong", "AfterBuild");

        Assert.AreNotEqual(0, build.ExitCode);
        Assert.AreEqual(
            "family TimedOut timeout; deaf TimedOut timeout; talks Succeeded; absent Failed not started; fails Failed exit code 3; good Succeeded",
            string.Join("; ", run.Units.Select(unit => unit.GetProperty("name").GetString()!).Select(name => $"{name} {run.OutcomeOf(name)}")));
        Assert.IsNull(LiveProcess.Find(int.Parse(File.ReadAllText(Sandbox["wrong/child.pid"]), CultureInfo.InvariantCulture)));
        Assert.AreEqual(9, run["deaf"].GetProperty("signal").GetInt32());
        Assert.HasCount(2_000_000, run.BytesOf("talks"));
        foreach (string code in new[] { "PEX3001", "PEX3002", "PEX3003" })
        {
            Assert.Contains(code, build.Errors);
        }
    }

    /// <summary>There a freed worker idled until the next look: ten jobs took five seconds.</summary>
    [TestMethod]
    [TestCategory("EP-R2")]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void TenJobsThatDoNothing_FollowEachOtherAtOnce()
    {
        Sandbox.WithUnits(
            "quick/quick.proj",
            string.Concat(Enumerable.Range(1, 10).Select(number => $"""<PexenUnit Include="job{number}" Executable="/bin/true" />""")),
            "<PexenMaxParallel>2</PexenMaxParallel>");

        RecordedRun run = Sandbox.MSBuild("quick/quick.proj").Succeeded().Run("quick", "AfterBuild");

        Assert.HasCount(10, run.Units);
        Assert.IsLessThan(4, (run.Json.GetProperty("finishedAt").GetDateTimeOffset() - run.Json.GetProperty("startedAt").GetDateTimeOffset()).TotalSeconds);
    }

    [TestMethod]
    [TestCategory("EP-R11")]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void OneJobAtATime_TheTimeoutHoldsAllTheSame()
    {
        Sandbox.WithUnits("single/single.proj", $"""
            <PexenUnit Include="long" Command="{Forever}" Timeout="300ms" GracePeriod="0s" />
            <PexenUnit Include="next" Executable="/bin/true" />
            """, "<PexenMaxParallel>1</PexenMaxParallel>");

        RecordedRun run = Sandbox.MSBuild("single/single.proj").Failed("PEX3002").Run("single", "AfterBuild");

        Assert.AreEqual("long next", string.Join(' ', run.Order("start")));
        Assert.AreEqual("TimedOut timeout", run.OutcomeOf("long"));
        Assert.AreEqual("Succeeded", run.OutcomeOf("next"));
    }

    private static double Duration(RecordedRun run, string unit) => run[unit].GetProperty("durationMs").GetDouble();
}
