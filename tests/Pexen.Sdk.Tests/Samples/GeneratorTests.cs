using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Samples;

[TestClass]
[TestCategory("EndToEnd")]
public sealed class GeneratorTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void Generator_AddsAUnitForEachStationAndTheReportWaitsForThem()
    {
        Sandbox.WithSample("Generator").Change("Generator/data/readings.csv", "quito,2026-07-03,14", "quito,2026-07-03,14\nlima,2026-07-03,19");

        BuildRun build = Sandbox.Build("Generator", SampleFiles.UsePackedVersion).Succeeded();

        RecordedRun run = build.Run("Generator", "AfterBuild");
        Assert.AreEqual(
            "split plan report summary-cairo summary-lima summary-oslo summary-quito warmest",
            string.Join(' ', run.Units.Select(unit => unit.GetProperty("name").GetString())));
        Assert.AreEqual("cairo: 36\nlima: 19\noslo: 22\nquito: 15\n", run.LogOf("report"));
        Assert.AreEqual("cairo: 36\n", run.LogOf("warmest"));
        Assert.AreEqual("plan", run["warmest"].GetProperty("addedBy").GetString());
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void Readme_ShowsWhatIsPrinted()
    {
        BuildRun build = Sandbox.WithSample("Generator").Build("Generator", SampleFiles.UsePackedVersion).Succeeded();

        ReadmeText.AssertPrinted(ReadmeText.Block("samples/Generator/README.md", "## What it prints", "", skip: 1), build);
    }
}
