using System.Text.Json;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Factories;

/// <summary>Contract 8: units that no item of their own declares.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed class FactoryTests : EndToEnd
{
    [TestMethod]
    [TestCategory("A-50")]
    [TestCategory("PX-40")]
    [TestCategory("PX-41")]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void ScriptsOfATree_RunInTheirFoldersAndAreAllThereIs()
    {
        Sandbox.WithUnits("tree/tree.proj", """
            <PexenScripts Include="steps/**" Exclude="steps/not/**" Timeout="50s" />
            <PexenScripts Include="early.sh" Phase="BeforeBuild" />
            <PexenScripts Include="nothing/**" />
            """, "<PexenMaxParallel>1</PexenMaxParallel>");
        Script("tree/steps/last.sh", "# pexen: Requires=net-is-up; Uses=disk\npwd; cat data.txt");
        Script("tree/steps/first.sh", "echo first");
        Script("tree/steps/net/up.sh", "# pexen: Provides=net-is-up; Outputs=steps/net/up.txt; AddTo=Thing\npwd; touch up.txt");
        Script("tree/steps/not/this.sh", "exit 1");
        Script("tree/steps/.hidden/this.sh", "exit 1");
        Script("tree/early.sh", "echo early");
        Sandbox.With("tree/steps/data.txt", "some data");
        File.CreateSymbolicLink(Sandbox["tree/steps/linked.sh"], "first.sh");
        Sandbox.With("tree/Directory.Build.targets", """
            <Project><Target Name="Says" AfterTargets="_PexenAfterBuild"><Message Importance="High" Text="[%(PexenResult.Identity)=%(PexenResult.Outcome)] {@(Thing)} ((%(FileWrites.Identity)))" /></Target></Project>
            """);

        BuildRun build = Sandbox.MSBuild("tree/tree.proj", "-v:n").Succeeded();

        Assert.AreEqual("early.sh Succeeded", string.Join(", ", build.Units("tree", "BeforeBuild")));
        RecordedRun run = build.Run("tree", "AfterBuild");
        Assert.AreEqual("steps/first.sh steps/last.sh steps/linked.sh steps/net/up.sh", string.Join(' ', run.Units.Select(unit => unit.GetProperty("name").GetString())));
        Assert.AreEqual("steps/net/up.sh steps/first.sh steps/last.sh steps/linked.sh", string.Join(' ', run.Order("start")), "the longest path first");
        Assert.AreEqual($"{Sandbox["tree/steps"]}\nsome data", run.LogOf("steps/last.sh"));
        Assert.AreEqual($"{Sandbox["tree/steps/net"]}\n", run.LogOf("steps/net/up.sh"));
        JsonElement origin = run["steps/net/up.sh"].GetProperty("origin");
        Assert.AreEqual("""{"file":"steps/net/up.sh","path":["steps","net","up.sh"]}""", JsonSerializer.Serialize(origin));
        Assert.Contains("[steps/net/up.sh=Succeeded]", build.Output);
        Assert.Contains("{steps/net/up.txt}", build.Output);
        Assert.Contains($"(({Sandbox["tree/steps/net/up.txt"]}))", build.Output);
        Assert.Contains("PexenScripts Include=\"nothing/**\" matched no file", build.Output);

        Sandbox.MSBuild("tree/tree.proj", "-t:PexenVerify").Succeeded();
        BuildRun plan = Sandbox.MSBuild("tree/tree.proj", "-t:PexenPlan").Succeeded();
        Assert.Contains("steps/net/up.sh", plan.Output);
        Sandbox.MSBuild("tree/tree.proj", "-t:Clean").Succeeded();
        Assert.IsFalse(File.Exists(Sandbox["tree/steps/net/up.txt"]));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void Manifest_GivesUnitsBesideThoseOfItems()
    {
        Sandbox.WithUnits("list/list.proj", """
            <PexenManifest Include="units.json;more.jsonl" Timeout="30s" />
            <PexenUnit Include="from-item" Requires="two" Executable="/bin/true" />
            """)
            .With("list/units.json", """
                [
                  { "name": "one", "command": "echo 100%41; printf '%s|' \"$A\"", "environmentVariables": { "A": "x;y" } },
                  { "name": "two", "executable": "/bin/echo", "arguments": ["a;b", ""], "requires": ["one"] },
                  { "name": "early", "phase": "BeforeBuild", "executable": "/bin/true" }
                ]
                """)
            .With("list/more.jsonl", "{\"name\":\"goes-on\",\"command\":\"exit 3\",\"continueOnError\":\"ErrorAndContinue\"}\n{\"name\":\"kept\",\"command\":\"echo x > kept.txt\",\"outputs\":\"kept.txt\",\"cleanOutputs\":false}\n");

        BuildRun build = Sandbox.MSBuild("list/list.proj").Failed("PEX3001");

        Assert.AreEqual("early Succeeded", string.Join(", ", build.Units("list", "BeforeBuild")));
        RecordedRun run = build.Run("list", "AfterBuild", options: new() { ContinueOnError = ["goes-on"] });
        Assert.AreEqual("Succeeded", run.Outcome, "the build fails at its end");
        Assert.AreEqual("100%41\nx;y|", run.LogOf("one"));
        Assert.AreEqual("a;b \n", run.LogOf("two"));
        Assert.IsLessThan(run.Sequence("start", "from-item"), run.Sequence("end", "two"));
        Assert.AreEqual("""{"file":"units.json","path":[]}""", JsonSerializer.Serialize(run["one"].GetProperty("origin")));
        SaidDiagnostic failed = build.Diagnostics.Single(said => said.Code == "PEX3001");
        Assert.AreEqual($"{Sandbox["list/more.jsonl"]} 1", $"{failed.File} {failed.Line}");
        Sandbox.MSBuild("list/list.proj", "-t:PexenClean").Succeeded();
        Assert.IsTrue(File.Exists(Sandbox["list/kept.txt"]));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void MistakesInFactories_ArePointedToAndNothingStarts()
    {
        Sandbox.WithUnits("bad/bad.proj", """
            <PexenManifest Include="torn.json" />
            <PexenManifest Include="units.jsonl" />
            <PexenManifest Include="missing.json" />
            <PexenScripts Include="steps/**" />
            <PexenUnit Include="witness" Phase="BeforeBuild" Command="touch started" />
            """)
            .With("bad/torn.json", "[\n{\"name\":\"ok\"},\n{\"name\" oops")
            .With("bad/units.jsonl", string.Join(
                '\n',
                """{"name":"wrong","timeout":["1s"]}""",
                """{"name":"bare","timeout":90}""",
                """{"command":"true"}""",
                """{"name":"hen","requires":["egg"]}""",
                """{"name":"egg","requires":"hen"}""",
                """{"name":"slip","requries":"hen"}"""));
        Script("bad/steps/a.sh", "\n# pexen: Timeout\necho x");
        Script("bad/steps/has blank.sh", "echo x");

        BuildRun build = Sandbox.MSBuild("bad/bad.proj").Failed("PEX1006");

        Said("PEX1006", "torn.json", 3, "is not JSON");
        Said("PEX1006", "units.jsonl", 1, "an array is no value for \"Timeout\"");
        Said("PEX1006", "units.jsonl", 2, "write 90s for seconds");
        Said("PEX1006", "units.jsonl", 3, "neither \"name\" nor \"include\"");
        Said("PEX1004", "units.jsonl", 4, "hen -> egg -> hen");
        Said("PEX1006", "bad.proj", Sandbox.LineOf("bad/bad.proj", "missing.json"), "missing.json");
        Said("PEX1006", "steps/a.sh", 3, "no name");
        Said("PEX1006", "steps/has blank.sh", 1, "letters and digits");
        Assert.IsFalse(File.Exists(Sandbox["bad/started"]), "a unit ran");
        Assert.DoesNotContain("MSB4181", build.Output);

        void Said(string code, string file, int line, string text) => Assert.IsTrue(
            build.Diagnostics.Any(said => said.Code == code && said.File == Sandbox[$"bad/{file}"] && said.Line == line && said.Message.Contains(text, StringComparison.Ordinal)),
            $"no {code} at {file}({line}) that says {text} in\n{build.Output}");
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void TargetThatReadsAFile_AddsUnits()
    {
        Sandbox.With("own/list.txt", "alpha\nbeta\n").With("own/own.proj", """
            <Project Sdk="Pexen.Sdk">
              <PropertyGroup>
                <PexenCollectUnitsDependsOn>$(PexenCollectUnitsDependsOn);UnitsOfTheList</PexenCollectUnitsDependsOn>
              </PropertyGroup>
              <Target Name="UnitsOfTheList">
                <ReadLinesFromFile File="list.txt"><Output TaskParameter="Lines" ItemName="Line" /></ReadLinesFromFile>
                <ItemGroup>
                  <PexenUnit Include="@(Line->'check-%(Identity)')" Command="echo %(Identity)" />
                </ItemGroup>
              </Target>
            </Project>
            """);

        BuildRun build = Sandbox.MSBuild("own/own.proj").Succeeded();

        Assert.AreEqual("check-alpha Succeeded, check-beta Succeeded", string.Join(", ", build.Units("own", "AfterBuild")));
    }

    private void Script(string path, string text)
    {
        Sandbox.With(path, $"#!/bin/sh\n{text}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Sandbox[path], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
