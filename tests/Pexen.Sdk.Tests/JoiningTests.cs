using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests;

/// <summary>What a project's own targets see of a run, and how outputs join its items.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed class JoiningTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void ATargetAfterBuild_SeesTheResults_AndRunsAPhaseOfItsOwnThatNeedsThem()
    {
        Sandbox.With("Directory.Build.targets", """
            <Project>
              <Target Name="Mine" AfterTargets="Build" Condition="'$(PexenPhase)' == ''">
                <Message Importance="high" Text="[%(PexenResult.Identity)=%(PexenResult.Outcome)]" />
                <MSBuild Projects="$(MSBuildProjectFullPath)" Targets="PexenRun" Properties="PexenPhase=Mine" />
              </Target>
            </Project>
            """);
        const string units = """
            <PexenUnit Include="made" Command="echo made" />
            <PexenUnit Include="mine" Requires="made" Phase="Mine" Command="echo mine" />
            """;
        Sandbox.WithUnits("alone/alone.proj", units).WithProject("added", units);

        foreach (string project in new[] { "alone", "added" })
        {
            BuildRun run = Sandbox.Build(project).Succeeded();

            Assert.Contains("[made=Succeeded]", run.Output, run.Output);
            Assert.AreEqual("mine Succeeded", string.Join(", ", run.Units(project, "Mine")));
        }
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void OutputsOfAUnitInTwoPhases_JoinOnce_AndThoseOfAPhaseRunByHandJoinToo()
    {
        Sandbox.With("Directory.Build.targets", """
            <Project>
              <Target Name="Tell" AfterTargets="Build"><Message Importance="high" Text="[@(Thing)]" /></Target>
              <Target Name="ByHand"><CallTarget Targets="PexenRun;TellByHand" /></Target>
              <Target Name="TellByHand"><Message Importance="high" Text="[by hand: @(Thing)]" /></Target>
            </Project>
            """).WithUnits("app/app.proj", """
            <PexenUnit Include="twice" Command="echo a &gt; a.txt" Outputs="a.txt" AddTo="Thing" Phase="BeforeBuild;AfterBuild" />
            <PexenUnit Include="hand" Command="echo b &gt; b.txt" Outputs="b.txt" AddTo="Thing" Phase="Manual" />
            """);

        BuildRun built = Sandbox.Build("app").Succeeded();
        BuildRun byHand = Sandbox.MSBuild("app", "-t:ByHand", "-p:PexenPhase=Manual").Succeeded();

        Assert.Contains("[a.txt]", built.Output, built.Output);
        Assert.Contains("[by hand: b.txt]", byHand.Output, byHand.Output);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void ContentMadeBeforePublish_IsPublished_OnceAndWithItsLink()
    {
        Sandbox.WithProject("app", """
            <PexenUnit Include="page" Phase="BeforePublish" Command="mkdir -p gen; echo page &gt; gen/page.txt; echo note &gt; gen/note.txt" Outputs="gen/page.txt" AddTo="Content" AddToMetadata="CopyToPublishDirectory=Always;Link=pages/page.txt" />
            <PexenUnit Include="note" Phase="BeforePublish" Command="mkdir -p gen; echo note &gt; gen/other.txt" Outputs="gen/other.txt" AddTo="None" AddToMetadata="CopyToPublishDirectory=PreserveNewest" />
            """);

        Sandbox.Run("publish", "app", "-o", Sandbox["out"]).Succeeded();

        Assert.IsTrue(File.Exists(Sandbox["out/pages/page.txt"]));
        Assert.IsTrue(File.Exists(Sandbox["out/gen/other.txt"]));
        Directory.Delete(Sandbox["out"], recursive: true);
        Sandbox.Run("publish", "app", "-o", Sandbox["out"], "--no-build").Succeeded();
        Assert.IsTrue(File.Exists(Sandbox["out/pages/page.txt"]));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void PexenEnabled_MalformedIsAnError_EmptyIsTheDefault()
    {
        Sandbox.WithUnits("app/app.proj", """<PexenUnit Include="a" Command="echo a" />""");

        BuildRun malformed = Sandbox.Build("app", "-p:PexenEnabled=flase").Failed("PEX1006");
        BuildRun empty = Sandbox.Build("app", "-p:PexenEnabled=").Succeeded();

        Assert.Contains("flase", malformed.Output);
        Assert.HasCount(1, empty.Summaries, empty.Output);
        Assert.IsEmpty(Sandbox.Build("app", "-p:PexenEnabled=FALSE").Succeeded().Summaries);
    }
}
