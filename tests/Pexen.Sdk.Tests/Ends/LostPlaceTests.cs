using System.Diagnostics;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Ends;

/// <summary>The place that a run writes to is full, or goes away.</summary>
[TestClass]
[TestCategory("EndToEnd")]
[OSCondition(OperatingSystems.Linux)]
public sealed class LostPlaceTests : WithCleanUp
{
    private string Folder => Sandbox["one/obj/pexen/Debug/AfterBuild"];

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void DiskFillsUpWhileAUnitWrites_ThatUnitFailsByNameAndItsFinalizerRuns()
    {
        Put("touch dropped", "head -c 20000000 /dev/zero; sleep 600");
        Directory.CreateDirectory(Folder);
        if (Tool("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", Folder) != 0)
        {
            Assert.Inconclusive("A file system of its own needs root.");
        }

        try
        {
            using StartedBuild build = Sandbox.Start(["build", "one/one.proj"]);

            BuildRun run = build.WaitForEnd().Failed("PEX3011");

            AssertCleanedUp(run, build, "Failed", "Failed");
            Assert.Contains("The output of unit 'user' could not be written", run.Output);
        }
        finally
        {
            Tool("umount", "-l", Folder);
        }
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow("obj/pexen", DisplayName = "FolderVanishesDuringTheRun, obj/pexen")]
    [DataRow("obj", DisplayName = "FolderVanishesDuringTheRun, obj")]
    public void FolderVanishesDuringTheRun_BuildEndsWithACodedErrorAndNothingIsLeft(string folder)
    {
        Put("touch dropped", $"{EndingProjects.Tell("user")}; while [ ! -e go ]; do sleep 0.05; done; echo said");
        using StartedBuild build = Sandbox.Start(["build", "one/one.proj"]).WaitFor("one/user.pid");

        Directory.Delete(Sandbox[$"one/{folder}"], recursive: true);

        File.WriteAllText(Sandbox["one/go"], "");
        BuildRun run = build.WaitForEnd().Failed("PEX3011");
        build.WaitForNothingLeft();
        TestContext.WriteLine(run.Output);
        Assert.IsTrue(File.Exists(Sandbox["one/closed"]), run.Output);
        Assert.IsTrue(File.Exists(Sandbox["one/dropped"]), run.Output);
        Sandbox.Build("one/one.proj").Succeeded();
    }

    private static int Tool(string tool, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
