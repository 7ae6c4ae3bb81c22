using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Contract;

/// <summary>Contract 2.6, 4 and 5: phases, targets that a user calls, and what they leave where.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed class TargetTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void UnitsOfAllSources_RunInTheirPhases()
    {
        Sandbox.With("all/Directory.Build.targets", """
            <Project>
              <ItemGroup><PexenUnit Include="from-targets" Command="echo $VALUE" /></ItemGroup>
              <Target Name="Adds"><ItemGroup><PexenUnit Include="from-target" Command="echo added" /></ItemGroup></Target>
              <Target Name="Prepares"><Touch Files="$(MSBuildProjectDirectory)/prepared" AlwaysCreate="true" /></Target>
              <Target Name="Mine" DependsOnTargets="Choose;PexenRun" />
              <Target Name="Choose"><PropertyGroup><PexenPhase>Nightly</PexenPhase></PropertyGroup></Target>
              <Target Name="Says" AfterTargets="_PexenAfterBuild"><Message Importance="High" Text="[%(PexenResult.Identity)=%(PexenResult.Outcome)]" /></Target>
            </Project>
            """)
            .With("all/before.targets", "<Project><PropertyGroup><SaidBefore>$(PexenTargetsImported)</SaidBefore></PropertyGroup></Project>")
            .With("all/after.targets", "<Project><PropertyGroup><SaidAfter>$(PexenOutputDirectory)</SaidAfter></PropertyGroup><ItemGroup><PexenUnit Include=\"from-custom\" Command=\"test -e prepared\" /></ItemGroup></Project>")
            .With("all/all.proj", """
                <Project Sdk="Pexen.Sdk">
                  <PropertyGroup>
                    <PexenCollectUnitsDependsOn>Adds</PexenCollectUnitsDependsOn>
                    <PexenRunDependsOn>Prepares</PexenRunDependsOn>
                    <CustomBeforePexenTargets>$(MSBuildProjectDirectory)/before.targets</CustomBeforePexenTargets>
                    <CustomAfterPexenTargets>$(MSBuildProjectDirectory)/after.targets</CustomAfterPexenTargets>
                  </PropertyGroup>
                  <ItemDefinitionGroup><PexenUnit><EnvironmentVariables>VALUE=by default</EnvironmentVariables></PexenUnit></ItemDefinitionGroup>
                  <ItemGroup>
                    <PexenUnit Include="both" Phase="BeforeBuild;AfterBuild" Command="echo $VALUE" />
                    <PexenUnit Include="own" EnvironmentVariables="VALUE=its own" Command="echo $VALUE" />
                    <PexenUnit Include="nightly" Phase="Nightly" Requires="own" Executable="/bin/true" />
                    <PexenUnit Include="off" Condition="false" Executable="/bin/false" />
                    <Proto Include="a.proto;b.proto" />
                    <PexenUnit Include="@(Proto)" Name="proto-%(Filename)" Executable="/bin/echo" Arguments="%(Identity)" />
                  </ItemGroup>
                </Project>
                """);

        BuildRun build = Sandbox.MSBuild("all/all.proj").Succeeded();

        Assert.AreEqual("both Succeeded", string.Join(", ", build.Units("all", "BeforeBuild")));
        RecordedRun run = build.Run("all", "AfterBuild");
        Assert.AreEqual(
            "both from-custom from-target from-targets own proto-a proto-b",
            string.Join(' ', run.Units.Select(unit => unit.GetProperty("name").GetString()).Order(StringComparer.Ordinal)));
        Assert.AreEqual("Succeeded", run.Outcome);
        Assert.AreEqual("by default\n", run.LogOf("both"));
        Assert.AreEqual("by default\n", run.LogOf("from-targets"));
        Assert.AreEqual("its own\n", run.LogOf("own"));
        Assert.AreEqual("a.proto\n", run.LogOf("proto-a"));
        Assert.Contains("[own=Succeeded]", build.Output);
        Assert.IsFalse(Directory.Exists(Sandbox["all/obj/pexen/Debug/Nightly"]));

        BuildRun nightly = Sandbox.MSBuild("all/all.proj", "-t:Mine").Succeeded();
        Assert.AreEqual("nightly Succeeded", string.Join(", ", nightly.Units("all", "Nightly")));
        Assert.StartsWith("Pexen Nightly: 1 units, 1 succeeded in ", nightly.Summaries.Single());
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void PlanRunSelectVerifyAndAgain_DoWhatTheySay()
    {
        Sandbox.WithUnits(
            "by hand/hand.proj",
            """
            <PexenUnit Include="base" Command="echo base" Provides="ground 1.0" />
            <PexenUnit Include="left" Requires="ground" Command="test ! -e broken" Claims="db" />
            <PexenUnit Include="right" After="left" RequiresAny="ground" Command="echo right" />
            <PexenUnit Include="alone" Command="test ! -e broken" />
            """);
        const string Project = "by hand/hand.proj";
        string folder = Sandbox["by hand/obj/pexen/Debug/AfterBuild"];

        BuildRun plan = Sandbox.MSBuild(Project, "-t:PexenPlan").Succeeded();
        Assert.Contains("4 units", plan.Output);
        Assert.Contains("wave 1", plan.Output);
        Assert.AreEqual("graph.dot graph.mmd plan.json", string.Join(' ', Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)));
        Assert.Contains("\"wave\": 3", File.ReadAllText(Path.Combine(folder, "plan.json")));
        Assert.Contains("digraph", File.ReadAllText(Path.Combine(folder, "graph.dot")));
        Assert.Contains("flowchart", File.ReadAllText(Path.Combine(folder, "graph.mmd")));
        Sandbox.MSBuild(Project, "-t:PexenVerify").Failed("PEX3009");

        File.WriteAllText(Sandbox["by hand/broken"], "");
        BuildRun failed = Sandbox.MSBuild(Project).Failed("PEX3001");
        Sandbox.MSBuild(Project, "-t:PexenVerify").Failed("PEX3001");

        // The command of the log, as a shell would take it; only what failed and what that requires runs.
        const string Mark = "To run just that again: dotnet ";
        string again = failed.Output.Split('\n').Single(line => line.Contains(Mark, StringComparison.Ordinal)).Trim()[Mark.Length..];
        File.Delete(Sandbox["by hand/broken"]);
        BuildRun repaired = Sandbox.Shell($"dotnet {again}").Succeeded();
        RecordedRun run = repaired.Run("by hand", "AfterBuild");
        Assert.AreEqual("base left alone", string.Join(' ', run.Units.Select(unit => unit.GetProperty("name").GetString())));
        Assert.AreEqual("left alone", string.Join(' ', run.Json.GetProperty("selection").EnumerateArray().Select(one => one.GetString())));
        Sandbox.MSBuild(Project, "-t:PexenVerify").Succeeded();

        foreach (string selection in new[] { "ground%3Balone", "ground%2Calone", "\"ground,alone\"" })
        {
            RecordedRun some = Sandbox.MSBuild(Project, "-t:PexenRun", $"-p:PexenUnits={selection}").Succeeded().Run("by hand", "AfterBuild");
            Assert.AreEqual("base alone", string.Join(' ', some.Units.Select(unit => unit.GetProperty("name").GetString())), selection);
        }

        Assert.IsTrue(File.Exists(Path.Combine(folder, "plan.json")), "a run does not remove the plan");
        Assert.HasCount(4, Directory.GetDirectories(Path.Combine(folder, "history")));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void TwentyFormerRuns_AreKept()
    {
        Sandbox.WithUnits("old/old.proj", """<PexenUnit Include="any" />""");
        string history = Sandbox["old/obj/pexen/Debug/AfterBuild/history"];
        for (int run = 10; run < 30; run++)
        {
            Sandbox.With($"old/obj/pexen/Debug/AfterBuild/history/20200101T0000{run}Z-0000/run.json", "{}");
        }

        Sandbox.MSBuild("old/old.proj").Succeeded();
        Assert.HasCount(20, Directory.GetDirectories(history));
        string runId = Sandbox.MSBuild("old/old.proj").Succeeded().Record("old", "AfterBuild").GetProperty("runId").GetString()!;

        Assert.HasCount(20, Directory.GetDirectories(history));
        Assert.IsFalse(Directory.Exists(Path.Combine(history, "20200101T000010Z-0000")), "the oldest goes");
        Assert.IsFalse(Directory.Exists(Path.Combine(history, runId)), "the last is no former one");
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void RunPerTargetFrameworkWithoutFrameworks_HasItsRecordBesideTheProjects()
    {
        Sandbox.WithUnits("per/per.proj", """<PexenUnit Include="one" Executable="/bin/true" /><PexenUnit Include="each" RunPer="TargetFramework" Executable="/bin/true" />""");

        BuildRun build = Sandbox.MSBuild("per/per.proj").Succeeded();

        Assert.AreEqual("one Succeeded", string.Join(", ", build.Units("per", "AfterBuild")));
        Assert.HasCount(2, build.Summaries, build.Output);
    }
}
