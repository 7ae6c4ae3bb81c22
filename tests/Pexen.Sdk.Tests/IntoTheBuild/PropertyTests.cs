using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.IntoTheBuild;

/// <summary>What units wrote, as properties and items of the build.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed class PropertyTests : EndToEnd
{
    /// <summary>Says a property after the build of each instance, between brackets so that nothing of it is lost.</summary>
    private const string Tell = """
        <Project>
          <Target Name="Tell" AfterTargets="Build"><Message Importance="high" Text="[$(TargetFramework)|$(GitSha)|$(Channel)]" /></Target>
          <Target Name="TellFiles" AfterTargets="_PexenBeforeBuild"><Message Importance="high" Text="%(PexenOutput.Identity) by %(PexenOutput.Unit)" /></Target>
        </Project>
        """;

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void OutputOfAUnit_IsTrimmedAndBecomesAProperty_WhateverIsInIt()
    {
        Sandbox.With("Directory.Build.targets", Tell).WithUnits("app/app.proj", """
            <PexenUnit Include="sha" Phase="BeforeBuild" Executable="printf" Arguments="\n  a%3Bb%25%25 'c' $(x)%40 \n\n" OutputProperty="GitSha" Outputs="made.txt" StandardOutput="made.txt" />
            """);

        BuildRun run = Sandbox.Build("app/app.proj").Succeeded();

        Assert.Contains("[|a;b% 'c' @|]", run.Output, run.Output);
        Assert.Contains("made.txt by sha", run.Output, run.Output);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void OneUnitOfTheProject_SetsThePropertyInEveryFramework()
    {
        Sandbox.With("Directory.Build.targets", Tell).WithProject(
            "app",
            """<PexenUnit Include="sha" Phase="BeforeBuild" Command="echo once &gt;&gt; runs.txt; echo abc" OutputProperty="GitSha" />""",
            "<TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks><EnableWindowsTargeting>true</EnableWindowsTargeting><DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>");

        BuildRun run = Sandbox.Build("app").Succeeded();

        Assert.Contains("[net10.0-windows|abc|]", run.Output, run.Output);
        Assert.Contains("[net10.0|abc|]", run.Output, run.Output);
        Assert.HasCount(1, File.ReadAllLines(Sandbox["app/runs.txt"]));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void NamesThatCannotBeSet_AndTwoUnitsForOneProperty_AreErrorsBeforeAnythingStarts()
    {
        Sandbox.WithUnits("app/app.proj", """
            <PexenUnit Include="a" Command="touch ran" OutputProperty="MSBuildProjectFile" />
            <PexenUnit Include="b" Command="touch ran" OutputProperty="Sha" />
            <PexenUnit Include="c" Command="touch ran" ExportProperties="key=sha" />
            <PexenUnit Include="d" Command="touch ran" ExportProperties="key" />
            <PexenUnit Include="e" Command="touch ran" Phase="BeforeBuild" OutputProperty="Sha" />
            """);

        BuildRun run = Sandbox.Build("app/app.proj").Failed("PEX1006").Failed("PEX1009");

        Assert.HasCount(1, run.Diagnostics.Where(said => said.Code == "PEX1009"), run.Output);
        Assert.HasCount(2, run.Diagnostics.Where(said => said.Code == "PEX1006"), run.Output);
        Assert.IsFalse(File.Exists(Sandbox["app/ran"]));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void MoreOutputThanAPropertyHolds_IsAWarningThatNamesTheUnit()
    {
        Sandbox.With("Directory.Build.targets", Tell).WithUnits("app/app.proj", """
            <PexenUnit Include="much" Phase="BeforeBuild" Command="head -c 70000 /dev/zero | tr '\0' x" OutputProperty="GitSha" />
            """);

        BuildRun run = Sandbox.Build("app/app.proj").Succeeded();

        Assert.Contains("PEX4007", run.Warnings, run.Output);
        Assert.Contains("[||]", run.Output, run.Output);
    }
}
