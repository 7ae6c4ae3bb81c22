using System.Text.Json;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Factories;

/// <summary>Contract 3 and rule 32: units that units add while the run goes on.</summary>
[TestClass]
[TestCategory("EndToEnd")]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class AddedUnitTests : EndToEnd
{
    /// <summary>A thousand: every tenth a milestone, each behind the one ten before it and behind what was there before.</summary>
    private const string Thousand = """
        awk 'BEGIN { for (i = 0; i < 1000; i++) printf "{\"name\":\"part-%d\",\"provides\":[\"part\"],\"requires\":[\"before\"%s]%s}\n", i, i < 10 ? "" : ",\"part-" (i - 10) "\"", i % 10 ? ",\"executable\":\"/bin/true\"" : "" }' >> "$PEXEN_UNITS"
        """;

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void AThousandUnits_JoinTheRunAndWhoNeedsThemWaits()
    {
        Script("grow/steps/generate.sh", Thousand);
        Sandbox.WithUnits("grow/grow.proj", """
            <PexenUnit Include="before" Executable="/bin/true" />
            <PexenUnit Include="generator" Script="steps/generate.sh" Provides="part" />
            <PexenUnit Include="after" Requires="part" Command="grep -c '&quot;event&quot;:&quot;end&quot;' obj/pexen/Debug/AfterBuild/events.jsonl" />
            <PexenUnit Include="beside" After="generator" Executable="/bin/true" />
            """);

        BuildRun build = Sandbox.MSBuild("grow/grow.proj").Succeeded();

        RecordedRun run = build.Run("grow", "AfterBuild");
        Assert.HasCount(1004, run.Units);
        Assert.IsTrue(run.Units.All(unit => unit.GetProperty("outcome").GetString() == "Succeeded"), build.Output);
        Assert.AreEqual("generator", run["part-999"].GetProperty("addedBy").GetString());
        Assert.AreEqual("""{"file":"obj/pexen/Debug/AfterBuild/logs/generator.units","path":["generator"]}""", JsonSerializer.Serialize(run["part-7"].GetProperty("origin")));
        Assert.IsGreaterThanOrEqualTo(1002, int.Parse(run.LogOf("after")), "it waited for all of them");
        Assert.IsLessThan(run.Sequence("ready", "part-20"), run.Sequence("end", "part-10"));
        Assert.HasCount(1001, run["after"].GetProperty("dependsOn").EnumerateArray().ToList());
        Assert.HasCount(1, run["beside"].GetProperty("dependsOn").EnumerateArray().ToList());
        Assert.StartsWith("Pexen AfterBuild: 1004 units, 1004 succeeded in ", build.Summaries.Single());
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void RefusedUnits_FailTheirWriterAndTheRestGoesOn()
    {
        Sandbox.WithUnits("no/no.proj", string.Join('\n', [
            Writer("taken", """{"name":"fine"}\n{"name":"Starter"}"""),
            Writer("unknown", """{"name":"u1","requires":["nosuchthing"]}"""),
            Writer("circle", """{"name":"c1","requires":["c2"]}\n{"name":"c2","requires":["c1"]}"""),
            Writer("torn", """{"name":"t1"}\n{"name":"""),
            Writer("phase", """{"name":"p1","phase":"AfterTest"}"""),
            Writer("demand", """{"name":"p2","onDemand":true}"""),
            Writer("value", """{"name":"v1","timeout":"90"}"""),
            Writer("late", """{"name":"l1","provides":["early"]}""", "Requires=\"starter\""),
            Writer("many", string.Join("\\n", Enumerable.Range(1, 7).Select(i => $$"""{"name":"m{{i}}"}"""))),
            Writer("warned", """{"name":"w1","requires":["nosuchthing"]}""", "ContinueOnError=\"true\""),
            """<PexenUnit Include="starter" Requires="early" Executable="/bin/true" />""",
            """<PexenUnit Include="giver" Provides="early" Executable="/bin/true" />""",
            """<PexenUnit Include="dependent" Requires="taken" Executable="/bin/true" />""",
            """<PexenUnit Include="fails" Command="echo '{&quot;name&quot;:&quot;never&quot;}' &gt;&gt; $PEXEN_UNITS; exit 1" />""",
            """<PexenUnit Include="empty" Command=": &gt;&gt; $PEXEN_UNITS" />""",
            """<PexenUnit Include="bystander" Executable="/bin/true" />""",
        ]), "<PexenMaxDynamicUnits>6</PexenMaxDynamicUnits>");

        BuildRun build = Sandbox.MSBuild("no/no.proj").Failed("PEX1013");

        RecordedRun run = build.Run("no", "AfterBuild", options: new() { ContinueOnError = ["warned"] });
        Refused("taken", "\"Starter\"", "PEX1001");
        Refused("unknown", "\"nosuchthing\"", "PEX1002");
        Refused("circle", "c1 -> c2 -> c1", "PEX1004");
        Refused("torn", "is not JSON");
        Refused("phase", "Phase is not for units that are added");
        Refused("demand", "OnDemand is not for units that are added");
        Refused("value", "write 90s for seconds");
        Refused("late", "\"starter\" required, and that has started already");
        Refused("many", "more than the 6 of PexenMaxDynamicUnits");
        Assert.AreEqual("Failed added units refused", run.OutcomeOf("warned"));
        Assert.AreEqual("warning", build.Diagnostics.Single(said => said.Code == "PEX1013" && said.Message.Contains("\"warned\"", StringComparison.Ordinal)).Severity);
        Assert.AreEqual("Skipped notProvided", run.OutcomeOf("dependent"));
        Assert.AreEqual("Failed exit code 1", run.OutcomeOf("fails"));
        foreach (string unit in new[] { "starter", "giver", "empty", "bystander" })
        {
            Assert.AreEqual("Succeeded", run.OutcomeOf(unit));
        }

        Assert.HasCount(16, run.Units, "nothing joined");
        Assert.IsTrue(File.Exists(Sandbox["no/obj/pexen/Debug/AfterBuild/logs/torn.units"]), "what was refused can be looked at");

        void Refused(string writer, params string[] says)
        {
            Assert.AreEqual("Failed added units refused", run.OutcomeOf(writer));
            SaidDiagnostic? said = build.Diagnostics.FirstOrDefault(one => one.Code == "PEX1013" && one.Message.StartsWith($"Unit \"{writer}\"", StringComparison.Ordinal));
            Assert.IsNotNull(said, $"no PEX1013 of {writer} in\n{build.Output}");
            Assert.AreEqual($"{Sandbox["no/no.proj"]} {Sandbox.LineOf("no/no.proj", $"Include=\"{writer}\"")}", $"{said.File} {said.Line}");
            foreach (string text in says)
            {
                Assert.Contains(text, said.Message);
            }
        }
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void TwoGeneratorsAndOneInAnother_SeeEachOthersUnits()
    {
        Sandbox.WithUnits("two/two.proj", string.Join('\n', [
            Writer("first", """{"name":"a1","command":"echo a1","claims":["db"]}\n{"name":"a2","requires":["a1"],"provides":["thing 1.5"],"uses":["db"]}"""),
            Writer("second", """{"name":"b1","requires":["a2","thing [1,2)","ended"],"claims":["other"]}""", "Requires=\"first;ended\""),
            Writer("outer", """{"name":"inner","command":"echo '{\\"name\\":\\"innermost\\",\\"executable\\":\\"/bin/true\\"}' >> $PEXEN_UNITS"}"""),
            """<PexenUnit Include="ended" Executable="/bin/true" />""",
            Writer("dooms", """{"name":"doomed","requires":["broken"]}""", "After=\"broken\""),
            """<PexenUnit Include="broken" Executable="/bin/false" />""",
        ]));

        BuildRun build = Sandbox.MSBuild("two/two.proj").Failed("PEX3001");

        RecordedRun run = build.Run("two", "AfterBuild");
        foreach (string unit in new[] { "a1", "a2", "b1", "inner", "innermost" })
        {
            Assert.AreEqual("Succeeded", run.OutcomeOf(unit), build.Output);
        }

        Assert.AreEqual("inner", run["innermost"].GetProperty("addedBy").GetString());
        Assert.IsLessThan(run.Sequence("ready", "b1"), run.Sequence("end", "a2"));
        Assert.AreEqual("Skipped notProvided", run.OutcomeOf("doomed"), "what has ended counts as it ended");
        Assert.AreEqual("broken", run["doomed"].GetProperty("causedBy").GetString());
        Assert.IsTrue(run.Json.GetProperty("resources").EnumerateArray().Any(one => one.GetProperty("name").GetString() == "other"));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void AddedUnits_SpeakToTheBuildAsOthersDo()
    {
        Sandbox.WithUnits("say/say.proj", Writer("generator", string.Join(
            "\\n",
            """{"name":"made","command":"echo x > made.txt","outputs":["made.txt"],"addTo":"Thing","addToMetadata":{"Colour":"red"}}""",
            """{"name":"kept","command":"echo x > kept.txt","outputs":["kept.txt"],"cleanOutputs":false}""",
            """{"name":"goes-on","command":"exit 4","continueOnError":"ErrorAndContinue"}""",
            """{"name":"slow","command":"sleep 60","continueOnError":true}""")), "<PexenDefaultTimeout>2s</PexenDefaultTimeout><PexenGracePeriod>0s</PexenGracePeriod>")
            .With("say/Directory.Build.targets", """
                <Project><Target Name="Says" AfterTargets="_PexenAfterBuild"><Message Importance="High" Text="[@(PexenResult)] {%(Thing.Identity) %(Thing.Colour)} ((@(FileWrites)))" /></Target></Project>
                """);

        BuildRun build = Sandbox.MSBuild("say/say.proj").Failed("PEX3001");

        RecordedRun run = build.Run("say", "AfterBuild", options: new() { ContinueOnError = ["goes-on", "slow"] });
        Assert.AreEqual("Succeeded", run.Outcome, "the build fails at its end");
        Assert.AreEqual("TimedOut timeout", run.OutcomeOf("slow"), "defaults of the project hold");
        Assert.Contains("[generator;made;kept;goes-on;slow]", build.Output);
        Assert.Contains("{made.txt red}", build.Output);
        Assert.Contains($"(({Sandbox["say/made.txt"]}))", build.Output);
        Sandbox.MSBuild("say/say.proj", "-t:PexenClean").Succeeded();
        Assert.IsFalse(File.Exists(Sandbox["say/made.txt"]));
        Assert.IsTrue(File.Exists(Sandbox["say/kept.txt"]));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [OSCondition(OperatingSystems.Linux)]
    public void SupervisorIsKilledAfterwards_RecordHasTheAddedUnits()
    {
        Sandbox.WithUnits("lost/lost.proj", string.Join('\n', [
            Writer("generator", """{"name":"kills","command":"kill -9 $PPID; sleep 60","provides":["part"]}\n{"name":"never","requires":["kills"]}""", "Provides=\"part\""),
            """<PexenUnit Include="waits" Requires="part" Executable="/bin/true" />""",
        ]));

        BuildRun build = Sandbox.MSBuild("lost/lost.proj").Failed("PEX3012");

        RecordedRun run = build.Run("lost", "AfterBuild");
        Assert.AreEqual("Interrupted", run.Outcome);
        Assert.AreEqual(
            "generator Succeeded, waits Cancelled, kills Cancelled, never Cancelled",
            string.Join(", ", run.Units.Select(unit => $"{unit.GetProperty("name").GetString()} {unit.GetProperty("outcome").GetString()}")));
        Assert.AreEqual("generator", run["never"].GetProperty("addedBy").GetString());
        Assert.AreEqual("generator kills", string.Join(' ', run["waits"].GetProperty("dependsOn").EnumerateArray().Select(one => one.GetProperty("unit").GetString())));
    }

    /// <summary>A unit that adds what <c>printf</c> makes of a text.</summary>
    private static string Writer(string name, string lines, string more = "") =>
        $"""<PexenUnit Include="{name}" {more} Command="{System.Security.SecurityElement.Escape($"printf '%b\\n' '{lines.Replace("'", "'\\''", StringComparison.Ordinal)}' >> $PEXEN_UNITS").Replace("%", "%25", StringComparison.Ordinal)}" />""";

    private void Script(string path, string text)
    {
        Sandbox.With(path, $"#!/bin/sh\n{text}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Sandbox[path], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
