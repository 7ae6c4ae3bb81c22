using System.Diagnostics;
using Pexen.Model;

namespace Pexen.Host.Tests.Workers;

/// <summary>Methods under a real supervisor.</summary>
[TestClass]
public sealed class SupervisedMethodTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public void SupervisorIsKilled_ItsWorkersEndWithIt()
    {
        using var scene = new Scene();
        string file = Path.Combine(scene.ProjectDirectory, "pid");
        Task run = scene.With("hang", Method("HangDeaf", file)).Begin();
        scene.WaitForFile("pid", TestContext.CancellationToken);
        int worker = scene.ProcessIn("pid");

        using (var host = Process.GetProcessById(scene.Client.ProcessId))
        {
            host.Kill();
        }

        while (WorkerRig.Alive($"{worker}"))
        {
            TestContext.CancellationToken.ThrowIfCancellationRequested();
            Thread.Yield();
        }

        run.Wait(TestContext.CancellationToken);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public void ThousandMethods_TakeTwoWorkersAtMost()
    {
        using var scene = new Scene { Claims = "" };
        for (int i = 0; i < 1000; i++)
        {
            scene.With($"unit{i}", Method("Pid"));
        }

        Assert.AreEqual("Succeeded", scene.Run()?.Outcome);

        HashSet<string> processes = [.. scene.Record.Units.Select(unit => File.ReadAllText(Path.Combine(scene.Folder.Path, unit.Log!)).Split(' ')[0])];
        Assert.IsInRange(1, 2, processes.Count);
    }

    private static MethodWork Method(string name, params string[] arguments) =>
        new(Path.Combine(AppContext.BaseDirectory, "Pexen.TestChild.dll"), $"Pexen.TestChild.Methods.{name}", [.. arguments]);
}
