using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Samples;

[TestClass]
[TestCategory("EndToEnd")]
public sealed class MonorepoTests : EndToEnd
{
    private static readonly string[] Projects = ["Contracts", "Pricing", "Storage", "Ordering", "Shop", "Admin"];

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow("-m:1", DisplayName = "one node")]
    [DataRow("-m:2", DisplayName = "two nodes")]
    [DataRow("-graph", DisplayName = "as a graph")]
    public void Solution_RunsEveryProjectsUnitsOnce(string option)
    {
        BuildRun run = Build(option).Succeeded();

        foreach (string project in Projects)
        {
            Assert.AreEqual("stamp Succeeded, source Succeeded", string.Join(", ", run.Units($"Monorepo/src/{project}", "BeforeBuild")));
            // What a unit prints is shown once for each time that it ran.
            Assert.AreEqual(1, Count(run, $"{project} is built from no commit"), run.Output);
            Assert.AreEqual(1, Count(run, $"every file is in Harbor.{project}"), run.Output);
        }

        foreach (string project in Projects)
        {
            bool asked = project is "Shop" or "Admin";
            Assert.AreEqual(asked, File.Exists(Sandbox[$"Monorepo/src/{project}/obj/pexen/Debug/AfterBuild/run.json"]), project);
        }

        ReadmeText.AssertPrinted(ReadmeText.Block("samples/Monorepo/README.md", "## What it prints", "", skip: 1), run);
        Assert.AreEqual(2, Count(run, "says what expected.txt says"), run.Output);
        Assert.HasCount(10, run.Summaries, run.Output);
        Assert.IsEmpty(Directory.EnumerateFiles(Sandbox["Monorepo"], "run.json", SearchOption.AllDirectories).Where(file => file.Contains("/history/", StringComparison.Ordinal)), "no phase ran twice");
        Assert.Contains("made of Contracts, Ordering, Shop", Dotnet.Run(Sandbox.Folder, ["Monorepo/src/Shop/bin/Debug/net10.0/Shop.dll"]).Output);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void TwoFrameworksWantOneFile_OneAfterTheOther()
    {
        BuildRun run = Build("-m:2").Succeeded();

        UnitSpans spans = new UnitSpans()
            .Add(run.Record("Monorepo/src/Contracts", "AfterBuild", framework: "net10.0"), "server ")
            .Add(run.Record("Monorepo/src/Contracts", "AfterBuild", framework: "net10.0-browser"), "browser ");
        Assert.IsFalse(spans.Overlap("server record-api", "browser record-api"), spans.ToString());
        string[] lines = File.ReadAllLines(Sandbox["Monorepo/src/Contracts/obj/api.txt"]);
        CollectionAssert.AreEquivalent(new[] { "net10.0 Contracts.dll", "net10.0-browser Contracts.dll" }, lines);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void ProgramSaysSomethingElse_OnlyItsOwnCheckFails()
    {
        Sandbox.WithSample("Monorepo").Change("Monorepo/src/Shop/expected.txt", "192 euros", "191 euros");

        BuildRun run = Sandbox.Build("Monorepo", SampleFiles.UsePackedVersion).Failed("PEX3001");

        Assert.AreEqual("integration Failed", string.Join(", ", run.Units("Monorepo/src/Shop", "AfterBuild")));
        Assert.AreEqual("integration Succeeded", string.Join(", ", run.Units("Monorepo/src/Admin", "AfterBuild")));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void FileInTheWrongNamespace_FailsItsProjectBeforeItIsCompiled()
    {
        Sandbox.WithSample("Monorepo").Change("Monorepo/src/Pricing/Fees.cs", "namespace Harbor.Pricing", "namespace Harbor.Prices");

        BuildRun run = Sandbox.Build("Monorepo", SampleFiles.UsePackedVersion).Failed("PEX3001");

        Assert.Contains("Fees.cs(1): error HARBOR1: the namespace here is Harbor.Pricing, not 'Harbor.Prices'", run.Output);
        Assert.AreEqual("stamp Succeeded, source Failed", string.Join(", ", run.Units("Monorepo/src/Pricing", "BeforeBuild")));
    }

    private BuildRun Build(params string[] options) => Sandbox.WithSample("Monorepo").Build(["Monorepo", SampleFiles.UsePackedVersion, .. options]);

    private static int Count(BuildRun run, string line) => run.Output.Split('\n').Count(text => text.Trim() == line);
}
