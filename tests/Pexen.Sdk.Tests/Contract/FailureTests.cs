using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Contract;

/// <summary>Contract 2.4 and 2.5: time, failure, and what they leave behind.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed class FailureTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void EachEnding_LeavesBehindWhatItsMetadataSays()
    {
        Sandbox.WithUnits(
            "fail/fail.proj",
            """
            <PexenUnit Include="ok5" Command="exit 5" SuccessExitCodes="0-7;12" />
            <PexenUnit Include="ok12" Command="exit 12" SuccessExitCodes="0-7;12" />
            <PexenUnit Include="bad8" Command="exit 8" SuccessExitCodes="0-7;12" Claims="db" />
            <PexenUnit Include="needs-bad8" Executable="/bin/true" Requires="bad8" />
            <PexenUnit Include="needs-that" Executable="/bin/true" Requires="needs-bad8" />
            <PexenUnit Include="db-after-bad8" Executable="/bin/true" Claims="db" After="bad8" />

            <PexenUnit Include="na" Command="exit 77" SkipExitCodes="77" Claims="na-db" />
            <PexenUnit Include="needs-na" Executable="/bin/true" Requires="na" />
            <PexenUnit Include="db-after-na" Executable="/bin/true" Claims="na-db" After="na" />

            <PexenUnit Include="controlled" Command="exit 3" ControlledExitCodes="3" Claims="c-db" />
            <PexenUnit Include="needs-controlled" Executable="/bin/true" Requires="controlled" />
            <PexenUnit Include="db-after-controlled" Executable="/bin/true" Claims="c-db" After="controlled" />
            <PexenUnit Include="controlled-none" Command="exit 3" ControlledExitCodes="3" OnControlledFailure="None" Claims="cn-db" />
            <PexenUnit Include="db-after-controlled-none" Executable="/bin/true" Uses="cn-db" After="controlled-none" />

            <PexenUnit Include="crash" Command="kill -9 $$" Claims="crash-db" />
            <PexenUnit Include="needs-crash-db" Executable="/bin/true" Uses="crash-db/table" After="crash" />
            <PexenUnit Include="hidden-crash" Command="(kill -11 $$) ; exit 139" OnCrash="ReleaseLocks;Provide" Claims="h-db" />
            <PexenUnit Include="db-after-hidden" Executable="/bin/true" Claims="h-db" Requires="hidden-crash" />

            <PexenUnit Include="provides" Command="exit 9" OnFailure="ReleaseLocks;Provide" />
            <PexenUnit Include="needs-provides" Executable="/bin/true" Requires="provides" />
            <PexenUnit Include="keeps" Command="exit 9" OnFailure="None" Claims="k-db" />
            <PexenUnit Include="needs-k-db" Executable="/bin/true" Claims="k-db" After="keeps" />

            <PexenUnit Include="late" Executable="/bin/sleep" Arguments="60" Timeout="300ms" Claims="late-db" />
            <PexenUnit Include="needs-late-db" Executable="/bin/true" Claims="late-db" After="late" />
            <PexenUnit Include="polite" Command="trap 'echo asked politely; exit 0' TERM; sleep 60 &amp; wait" Timeout="500ms" GracePeriod="30s" />
            <PexenUnit Include="deaf" Command="trap '' TERM; sleep 60" Timeout="500ms" GracePeriod="200ms" />
            """);

        BuildRun build = Sandbox.MSBuild("fail/fail.proj");
        RecordedRun run = build.Run("fail", "AfterBuild", options: new() { ProvideOnFailure = ["controlled", "hidden-crash", "provides"] });

        (string Unit, string Outcome)[] expected =
        [
            ("ok5", "Succeeded"), ("ok12", "Succeeded"),
            ("bad8", "Failed exit code 8"), ("needs-bad8", "Skipped notProvided"), ("needs-that", "Skipped notProvided"), ("db-after-bad8", "Succeeded"),
            ("na", "Skipped notApplicable"), ("needs-na", "Skipped notProvided"), ("db-after-na", "Succeeded"),
            ("controlled", "ControlledFailure exit code 3"), ("needs-controlled", "Succeeded"), ("db-after-controlled", "Succeeded"),
            ("controlled-none", "ControlledFailure exit code 3"), ("db-after-controlled-none", "Skipped held by controlled-none"),
            ("crash", "Failed signal 9"), ("needs-crash-db", "Skipped held by crash"), ("hidden-crash", "Failed signal 11"), ("db-after-hidden", "Succeeded"),
            ("provides", "Failed exit code 9"), ("needs-provides", "Succeeded"), ("keeps", "Failed exit code 9"), ("needs-k-db", "Skipped held by keeps"),
            ("late", "TimedOut timeout"), ("needs-late-db", "Skipped held by late"), ("polite", "TimedOut timeout"), ("deaf", "TimedOut timeout"),
        ];
        Assert.AreEqual(string.Join('\n', expected.Select(one => $"{one.Unit}: {one.Outcome}")), string.Join('\n', expected.Select(one => $"{one.Unit}: {run.OutcomeOf(one.Unit)}")));
        Assert.AreEqual("bad8", run["needs-that"].GetProperty("causedBy").GetString(), "the root, not the one before");
        Assert.AreEqual("crash-db", run["needs-crash-db"].GetProperty("causedBy").GetString(), "the resource; its holder is in the reason");
        Assert.AreEqual("asked politely\n", run.LogOf("polite"));
        Assert.AreEqual("Failed", run.Outcome);
        foreach (string code in new[] { "PEX3001", "PEX3002", "PEX3008" })
        {
            build.Failed(code);
        }

        Assert.Contains("PEX4001", build.Warnings);
        Assert.Contains("PEX4002", build.Warnings);
        Assert.HasCount(1, build.Summaries, build.Output);
        Assert.StartsWith("Pexen AfterBuild: 26 units, 8 succeeded, 7 failed, 3 timed out, 8 skipped in ", build.Summaries[0]);
        Assert.EndsWith(" s; obj/pexen/Debug/AfterBuild/run.json", build.Summaries[0]);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void ContinueOnError_ChangesSeverityAndTheResultOfTheBuild()
    {
        Sandbox.WithUnits(
            "go-on/go-on.proj",
            """
            <PexenUnit Include="warns" Phase="BeforeBuild" Command="exit 2" ContinueOnError="true" />
            <PexenUnit Include="needs-warns" Phase="BeforeBuild" Executable="/bin/true" Requires="warns" />
            <PexenUnit Include="na" Phase="BeforeBuild" Command="exit 77" SkipExitCodes="77" />
            <PexenUnit Include="errs" Phase="BeforeBuild" Command="exit $(Code)" ContinueOnError="ErrorAndContinue" />
            <PexenUnit Include="later" Executable="/bin/true" />
            """,
            "<Code Condition=\"'$(Code)' == ''\">0</Code>");

        BuildRun warned = Sandbox.MSBuild("go-on/go-on.proj").Succeeded();
        Assert.Contains("PEX3001", warned.Warnings);
        RecordedRun run = warned.Run("go-on", "BeforeBuild");
        Assert.AreEqual("Succeeded", run.Outcome);
        Assert.AreEqual("Skipped notProvided", run.OutcomeOf("needs-warns"), "it changes severity, not who may run");
        Assert.AreEqual("Skipped notApplicable", run.OutcomeOf("na"));
        Assert.AreEqual("later Succeeded", string.Join(", ", warned.Units("go-on", "AfterBuild")));

        BuildRun failed = Sandbox.MSBuild("go-on/go-on.proj", "-p:Code=4").Failed("PEX3001");
        Assert.HasCount(2, failed.Summaries, "the build goes on, and fails at its end: " + failed.Output);
        Assert.AreEqual("Succeeded", failed.Run("go-on", "BeforeBuild", options: new() { ContinueOnError = ["errs"] }).Outcome);
        Assert.DoesNotContain("MSB4181", failed.Output);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void FailFastAndTheTimeoutOfTheRun_EndItEarly()
    {
        Sandbox.WithUnits(
            "fast/fast.proj",
            """
            <PexenUnit Include="tolerated" Command="exit 1" ContinueOnError="true" />
            <PexenUnit Include="one" Command="exit 1" />
            <PexenUnit Include="two" Command="exit 1" />
            <PexenUnit Include="three" Command="exit 1" />
            <PexenUnit Include="long" Phase="Long" Command="trap 'echo stopped; exit 0' TERM; sleep 60 &amp; wait" />
            <PexenUnit Include="waits" Phase="Long" Executable="/bin/true" Requires="long" />
            """,
            "<PexenMaxParallel>1</PexenMaxParallel><PexenFailurePolicy>FailFast</PexenFailurePolicy>");

        BuildRun first = Sandbox.MSBuild("fast/fast.proj").Failed("PEX3001");
        Assert.AreEqual("tolerated Failed, one Failed, two Skipped, three Skipped", string.Join(", ", first.Units("fast", "AfterBuild")));
        Assert.AreEqual("Skipped failFast", first.Run("fast", "AfterBuild").OutcomeOf("two"));

        BuildRun second = Sandbox.MSBuild("fast/fast.proj", "-p:PexenMaxFailures=2").Failed("PEX3001");
        Assert.AreEqual("tolerated Failed, one Failed, two Failed, three Skipped", string.Join(", ", second.Units("fast", "AfterBuild")));

        BuildRun timedOut = Sandbox.MSBuild("fast/fast.proj", "-t:PexenRun", "-p:PexenPhase=Long", "-p:PexenTimeout=1s").Failed("PEX3005");
        RecordedRun run = timedOut.Run("fast", "Long");
        Assert.AreEqual("TimedOut", run.Outcome);
        Assert.AreEqual("stopped\n", run.LogOf("long"));
        Assert.AreEqual("TimedOut", run["long"].GetProperty("outcome").GetString());
        Assert.AreEqual("Cancelled", run["waits"].GetProperty("outcome").GetString());
    }
}
