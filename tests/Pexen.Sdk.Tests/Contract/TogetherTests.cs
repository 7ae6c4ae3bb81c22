using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Contract;

/// <summary>Rules 14 and 15: several builds of one project at a time, and builds inside builds.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed class TogetherTests : EndToEnd
{
    private const string Hold = "echo $PEXEN_UNIT-start &gt;&gt; trace; until [ -e go ]; do sleep 0.05; done; echo $PEXEN_UNIT-end &gt;&gt; trace";

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void BuildOfTheOwnProjectInAUnit_DoesNotRunThePhaseItIsIn()
    {
        Sandbox.WithUnits("own/own.proj", """
            <PexenUnit Include="again" Claims="db" Timeout="100s" Executable="dotnet" Arguments="msbuild;own.proj;-nologo" />
            <PexenUnit Include="early" Phase="BeforeBuild" Command="echo . &gt;&gt; early" />
            """);

        RecordedRun run = Sandbox.MSBuild("own/own.proj").Succeeded().Run("own", "AfterBuild");

        Assert.Contains("not run, for this build was started by a unit of this very phase", run.LogOf("again"));
        Assert.AreEqual(".\n.\n", File.ReadAllText(Sandbox["own/early"]), "other phases run in it");
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public async Task SamePhaseInTwoTerminals_TheSecondWaitsAndSaysForWhom()
    {
        Sandbox.WithUnits("two/two.proj", $"""<PexenUnit Include="hold" Timeout="100s" Command="{Hold}" />""");
        Task<BuildRun> first = Task.Run(() => Sandbox.MSBuild("two/two.proj"), TestContext.CancellationToken);
        await Until(() => Trace().Contains("hold-start", StringComparison.Ordinal));

        Task<BuildRun> second = Task.Run(() => Sandbox.Run(new Dictionary<string, string>(), Release, "msbuild", "-nologo", "two/two.proj"), TestContext.CancellationToken);
        BuildRun waited = (await second).Succeeded();
        (await first).Succeeded();

        Assert.Contains("waiting for another run of", waited.Output);
        Assert.MatchesRegex(new System.Text.RegularExpressions.Regex(@"waiting for another run of .*two\.proj.*\d{2,}"), waited.Output);
        Assert.AreEqual("hold-start hold-end hold-start hold-end", string.Join(' ', Trace().Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.AreEqual("Succeeded", waited.Run("two", "AfterBuild").Outcome);

        void Release(string line)
        {
            if (line.Contains("waiting for another run of", StringComparison.Ordinal))
            {
                File.WriteAllText(Sandbox["two/go"], "");
            }
        }
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public async Task ResourceOfTheProject_HoldsAcrossPhasesInTwoTerminals()
    {
        Sandbox.WithUnits("two/two.proj", $"""
            <PexenUnit Include="one" Phase="One" Claims="db" Timeout="100s" Command="{Hold}" />
            <PexenUnit Include="other" Phase="Other" Claims="db/table" Timeout="100s" Command="{Hold}" />
            """);
        Task<BuildRun> first = Task.Run(() => Sandbox.MSBuild("two/two.proj", "-t:PexenRun", "-p:PexenPhase=One"), TestContext.CancellationToken);
        await Until(() => Trace().Contains("one-start", StringComparison.Ordinal));
        Task<BuildRun> second = Task.Run(() => Sandbox.MSBuild("two/two.proj", "-t:PexenRun", "-p:PexenPhase=Other"), TestContext.CancellationToken);
        await Until(() => Read("two/obj/pexen/Debug/Other/events.jsonl").Contains("\"ready\"", StringComparison.Ordinal));
        File.WriteAllText(Sandbox["two/go"], "");

        (await first).Succeeded();
        BuildRun other = (await second).Succeeded();

        Assert.AreEqual("one-start one-end other-start other-end", string.Join(' ', Trace().Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.IsGreaterThan(0, other.Run("two", "Other")["other"].GetProperty("lockWaitMs").GetDouble());
    }

    private string Trace() => Read("two/trace");

    private string Read(string path) => File.Exists(Sandbox[path]) ? File.ReadAllText(Sandbox[path]) : "";

    private async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(20, TestContext.CancellationToken);
        }
    }
}
