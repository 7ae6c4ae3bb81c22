using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Samples;

[TestClass]
[TestCategory("EndToEnd")]
public sealed class ProvidersTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void Sample_PrintsWhatItsReadmeSays_AndItsPlanExplainsTheChoices()
    {
        BuildRun build = Sandbox.WithSample("Providers").Build("Providers", SampleFiles.UsePackedVersion).Succeeded();

        ReadmeText.AssertPrinted(ReadmeText.Block("samples/Providers/README.md", "## What it prints", "", skip: 1), build);
        RecordedRun run = build.Run("Providers", "AfterBuild");
        Assert.IsLessThan(run.Sequence("end", "fine-draw"), run.Sequence("start", "album"), "the first pictures were enough");
        Assert.IsGreaterThan(run.Sequence("end", "old-server"), run.Sequence("start", "audit"));
        Assert.IsGreaterThan(run.Sequence("end", "new-server"), run.Sequence("start", "audit"));
        string[] names = [.. run.Units.Select(unit => unit.GetProperty("name").GetString()!)];
        Assert.DoesNotContain("files", names);
        Assert.DoesNotContain("archive", names);

        BuildRun plan = Sandbox.MSBuild("Providers", "-t:PexenPlan", SampleFiles.UsePackedVersion).Succeeded();
        string[] printed = [.. plan.Output.Split('\n').Select(line => line.Trim())];
        foreach (string line in ReadmeText.Block("samples/Providers/README.md", "Why these", "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.Contains(line.Trim(), printed, plan.Output);
        }
    }
}
