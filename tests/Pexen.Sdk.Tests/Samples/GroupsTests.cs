using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Samples;

[TestClass]
[TestCategory("EndToEnd")]
public sealed class GroupsTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void Sample_PrintsWhatItsReadmeSays_AndItsUnitsRanAsItSays()
    {
        BuildRun build = Sandbox.WithSample("Groups").Build("Groups", SampleFiles.UsePackedVersion).Succeeded();

        ReadmeText.AssertPrinted(ReadmeText.Block("samples/Groups/README.md", "## What it prints", "", skip: 1), build);
        RecordedRun run = build.Run("Groups", "AfterBuild");
        Assert.AreEqual("open-map measured on 4 maps, beside 0 others\n", run.LogOf("open-map"));
        Assert.IsTrue(run.Overlapped("alps", "baltic") && run.Overlapped("alps", "styles"), "two downloads, and what is in no group");
        Assert.IsFalse(run.Overlapped("open-map", "zoom-map"));
        Assert.IsTrue(run.Overlapped("ann", "dot"));

        BuildRun plan = Sandbox.MSBuild("Groups", "-t:PexenPlan", SampleFiles.UsePackedVersion).Succeeded();
        ReadmeText.AssertPrinted(ReadmeText.Block("samples/Groups/README.md", "`dotnet build -t:PexenPlan`", ""), plan);
    }
}
