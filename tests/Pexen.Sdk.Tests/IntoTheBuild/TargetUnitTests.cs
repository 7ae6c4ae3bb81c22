using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.IntoTheBuild;

/// <summary>Units that are MSBuild targets, each a build of its own.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed class TargetUnitTests : EndToEnd
{
    /// <summary>Two targets that end only when both are under way, and what else the tests want to see.</summary>
    private const string Targets = """
        <Project>
          <Target Name="One"><Exec Command="mkfifo $(MSBuildProjectDirectory)/pipe 2&gt;/dev/null; echo there &gt; $(MSBuildProjectDirectory)/pipe" /></Target>
          <Target Name="Other"><Exec Command="mkfifo $(MSBuildProjectDirectory)/pipe 2&gt;/dev/null; cat $(MSBuildProjectDirectory)/pipe" /></Target>
          <Target Name="Tell"><WriteLinesToFile File="told.txt" Lines="$(Colour)|$(Taste)|$(PexenEnabled)|$(Configuration)" /></Target>
          <Target Name="Grumble" DependsOnTargets="Tell"><Warning Code="ABC1" File="told.txt" Text="not nice" /><Error Code="ABC2" Text="broken" /></Target>
          <Target Name="Forever"><Exec Command="sleep 600" /></Target>
        </Project>
        """;

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void TwoTargetsOfOneProject_ReallyOverlap()
    {
        Sandbox.With("Directory.Build.targets", Targets).WithUnits("app/app.proj", """
            <PexenUnit Include="one" Targets="One" />
            <PexenUnit Include="other" Targets="Other" />
            """, "<PexenMaxParallel>2</PexenMaxParallel>");

        BuildRun run = Sandbox.Build("app/app.proj").Succeeded();

        Assert.IsTrue(run.Run("app", "AfterBuild").Overlapped("one", "other"));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void PropertiesOfTheCommandAndOfTheUnit_Arrive_TheUnitsWin_AndNoUnitsRunInside()
    {
        Sandbox.With("Directory.Build.targets", Targets).WithUnits("app/app.proj", """
            <PexenUnit Include="tell" Targets="Tell" Properties="Taste=a%3Bb %25;Extra=" />
            """);

        Sandbox.Build("app/app.proj", "-c", "Release", "-p:Colour=red", "-p:Taste=sour").Succeeded();

        Assert.AreEqual("red|a;b %|false|Release", string.Join(';', File.ReadAllLines(Sandbox["app/told.txt"])));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void ErrorsAndWarningsOfTheInnerBuild_AppearOnce_WithTheirOwnPlace()
    {
        Sandbox.With("Directory.Build.targets", Targets).WithUnits("app/app.proj", """<PexenUnit Include="grumble" Targets="Grumble" />""");

        BuildRun run = Sandbox.Build("app/app.proj").Failed("ABC2").Failed("PEX3001");

        // MSBuild itself says each once as it comes and once in its summary.
        string[] lines = [.. run.Output.Split('\n').Select(line => line.Trim())];
        Assert.HasCount(2, lines.Where(line => line.Contains("ABC1", StringComparison.Ordinal)), run.Output);
        Assert.HasCount(2, lines.Where(line => line.Contains("ABC2", StringComparison.Ordinal)), run.Output);
        Assert.Contains("told.txt", lines.First(line => line.Contains("ABC1", StringComparison.Ordinal)));
        int place = Sandbox.LineOf("Directory.Build.targets", "ABC2");
        Assert.StartsWith($"{Sandbox["Directory.Build.targets"]}({place},", lines.First(line => line.Contains("ABC2", StringComparison.Ordinal)));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void ATimeout_EndsTheInnerBuildAndAllItStarted()
    {
        Sandbox.With("Directory.Build.targets", Targets).WithUnits("app/app.proj", """<PexenUnit Include="forever" Targets="Forever" Timeout="5s" GracePeriod="1s" />""");

        BuildRun run = Sandbox.Build("app/app.proj").Failed("PEX3002");

        Assert.AreEqual("TimedOut timeout", run.Run("app", "AfterBuild").OutcomeOf("forever"));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void AProjectThatIsNotThere_AndMetadataWithoutTargets_AreCodedErrors()
    {
        Sandbox.WithUnits("gone/gone.proj", """<PexenUnit Include="gone" Targets="Build" Project="nowhere.proj" />""");
        Sandbox.WithUnits("alone/alone.proj", """
            <PexenUnit Include="p" Project="alone.proj" Properties="A=b" />
            <PexenUnit Include="t" Targets="a$(nothing);b%40c" />
            <PexenUnit Include="two" Targets="a" Command="true" />
            """);

        Sandbox.Build("gone/gone.proj").Failed("PEX3003");
        BuildRun run = Sandbox.Build("alone/alone.proj").Failed("PEX1006").Failed("PEX1007");

        Assert.HasCount(3, run.Diagnostics.Where(said => said.Code == "PEX1006"), run.Output);
    }
}
