using System.Text.Json;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Samples;

[TestClass]
[TestCategory("EndToEnd")]
public sealed class ManagedUnitsTests : EndToEnd
{
    [TestMethod]
    [TestCategory("PX-37")]
    [TestCategory("PX-38")]
    [TestCategory("PX-39")]
    [TestCategory("A-22")]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void ManagedUnits_RunAndPrintWhatTheReadmeShows()
    {
        BuildRun build = Sandbox.WithSample("ManagedUnits").Build("ManagedUnits", SampleFiles.UsePackedVersion).Succeeded();

        ReadmeText.AssertPrinted(ReadmeText.Block("samples/ManagedUnits/README.md", "## What it prints", "", skip: 1), build);
        RecordedRun run = build.Run("ManagedUnits", "AfterBuild");
        Assert.AreEqual(
            "report, show, Orchard.Checks.CheckLadders, Orchard.Checks.CheckBaskets, weigh-apples, weigh-pears, worker",
            string.Join(", ", run.Units.Select(unit => unit.GetProperty("name").GetString())));
        Assert.AreEqual(
            """{"file":"bin/Debug/net10.0/ManagedUnits.dll","path":["Orchard","Harvest","Weigh"]}""",
            JsonSerializer.Serialize(run["weigh-pears"].GetProperty("origin")));
        Assert.AreEqual("370", run["weigh-pears"].GetProperty("shared").GetProperty("return").GetString());
        Assert.IsEmpty(build.Warnings, build.Output);

        // Before there is an assembly there is a plan without its units, and no error.
        Sandbox.Build("ManagedUnits", "-t:Clean", SampleFiles.UsePackedVersion).Succeeded();
        BuildRun plan = Sandbox.Run("msbuild", "ManagedUnits", "-t:PexenPlan", "-v:n", SampleFiles.UsePackedVersion);
        Assert.Contains("is not built yet", plan.Output);
    }
}
