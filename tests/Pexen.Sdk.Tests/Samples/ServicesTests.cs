using System.Text.Json;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Samples;

[TestClass]
[TestCategory("EndToEnd")]
public sealed class ServicesTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void Sample_PrintsWhatItsReadmeSays_AndTheStoreWasUpForAllWhoNeededIt()
    {
        BuildRun build = Sandbox.WithSample("Services").Build("Services", SampleFiles.UsePackedVersion).Succeeded();

        ReadmeText.AssertPrinted(ReadmeText.Block("samples/Services/README.md", "## What it prints", "", skip: 1), build);
        RecordAssert.KeepsTheRules(Sandbox["Services/obj/pexen/Debug/AfterBuild"]);
        RecordedRun run = build.Run("Services", "AfterBuild");
        foreach (string user in new[] { "migrate", "orders", "customers", "stock", "drop" })
        {
            Assert.IsTrue(run.Overlapped("store", user), user);
        }

        Assert.IsFalse(run.Overlapped("drop", "stock"));
        JsonElement store = build.Record("Services", "AfterBuild").GetProperty("units").EnumerateArray().First();
        Assert.IsTrue(store.GetProperty("service").GetBoolean());
        Assert.AreEqual("stopped", store.GetProperty("reason").GetString());
    }
}
