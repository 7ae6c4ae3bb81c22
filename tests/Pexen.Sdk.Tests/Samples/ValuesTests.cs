using System.Text.Json;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Samples;

[TestClass]
[TestCategory("EndToEnd")]
public sealed class ValuesTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void Sample_PrintsAndRecordsWhatItsReadmeSays()
    {
        BuildRun build = Sandbox.WithSample("Values").Build("Values", SampleFiles.UsePackedVersion).Succeeded();

        ReadmeText.AssertPrinted(ReadmeText.Block("samples/Values/README.md", "## What it prints", "", skip: 1), build);
        RecordedRun run = build.Run("Values", "AfterBuild");
        Assert.AreEqual("""{"version":"1.4.2-beta"}""", Compact(run["candidate"].GetProperty("shared")));
        string[] results = [.. run["checks"].GetProperty("results").EnumerateArray().Select(Compact)];
        string[] shown = [.. ReadmeText.Block("samples/Values/README.md", "## What it prints", "json").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Compact(JsonDocument.Parse(line).RootElement))];
        CollectionAssert.AreEqual(shown, results);
        Assert.DoesNotContain("open-sesame", build.Output);
        Assert.IsEmpty(
            Directory.EnumerateFiles(Sandbox["Values/obj/pexen"], "*", SearchOption.AllDirectories).Where(file => File.ReadAllText(file).Contains("open-sesame", StringComparison.Ordinal)),
            "the secret is in no file");
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);
}
