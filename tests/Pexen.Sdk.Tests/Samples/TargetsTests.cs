using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Samples;

[TestClass]
[TestCategory("EndToEnd")]
public sealed class TargetsTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void Sample_PrintsWhatItsReadmeSays_AndItsProgramKnowsWhatUnitsSaid()
    {
        BuildRun build = Sandbox.WithSample("Targets").Build("Targets", SampleFiles.UsePackedVersion).Succeeded();

        string[] shown = ReadmeText.Block("samples/Targets/README.md", "## What it prints", "", skip: 1).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(shown[0], build.Output, build.Output);
        Assert.Contains("march.txt", build.Output, build.Output);
        Assert.Contains("warning ALMANAC1: 'teh' is not a word", build.Output, build.Output);
        Assert.Contains(shown[2].Split(" in ")[0], build.Output, build.Output);
        string program = ReadmeText.Block("samples/Targets/README.md", "The program knows", "").Trim();
        Assert.AreEqual(program, Dotnet.Run(Sandbox.Folder, ["Targets/bin/Debug/net10.0/almanac.dll"]).Output.Trim());
        Assert.IsTrue(build.Run("Targets", "AfterBuild").Overlapped("spelling", "site"));
        Assert.AreEqual("january\nmarch\n", File.ReadAllText(Sandbox["Targets/obj/site/index.html"]).ReplaceLineEndings("\n"));
    }
}
