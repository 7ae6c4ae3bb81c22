using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Samples;

[TestClass]
[TestCategory("EndToEnd")]
public sealed class ReadmeTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void ProjectFileOfTheReadme_BuildsAsItStands()
    {
        string project = ReadmeText.Block("README.md", "# Pexen.Build", "xml");
        Sandbox.With("app/app.csproj", project.Replace("Version=\"0.1.0\"", "Version=\"VERSION\"", StringComparison.Ordinal))
            .With("app/Program.cs", "System.Console.WriteLine(\"Hello, World!\");");

        BuildRun run = Sandbox.Build("app").Succeeded();

        Assert.AreEqual("stamp Succeeded", string.Join(", ", run.Units("app", "BeforeBuild")));
        Assert.AreEqual("migrate Succeeded, report Succeeded, audit Succeeded, smoke Succeeded", string.Join(", ", run.Units("app", "AfterBuild")));
        UnitSpans spans = new UnitSpans().Add(run.Record("app", "AfterBuild"));
        Assert.IsTrue(spans.EndsBefore("migrate", "report") && spans.EndsBefore("migrate", "audit"), spans.ToString());
        Assert.IsEmpty(run.Warnings, run.Output);
    }
}
