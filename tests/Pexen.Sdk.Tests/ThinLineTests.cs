using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests;

[TestClass]
[TestCategory("EndToEnd")]
public sealed class ThinLineTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void OneExecutable_RunsThroughTheHostAndLeavesARecord()
    {
        Sandbox.WithProject("app", """<PexenUnit Include="hello" Executable="/bin/echo" Arguments="hello;world" />""");

        BuildRun run = Sandbox.Build("app").Succeeded();

        Assert.AreEqual("hello Succeeded", string.Join(", ", run.Units("app", "AfterBuild")));
        Assert.AreEqual("hello world\n", File.ReadAllText(Sandbox["app/obj/pexen/Debug/AfterBuild/logs/hello.log"]));
        Assert.AreEqual("app/app.csproj", run.Record("app", "AfterBuild").GetProperty("project").GetString());
        Assert.HasCount(1, run.Summaries, run.Output);
        Assert.StartsWith("Pexen AfterBuild: 1 units, 1 succeeded in ", run.Summaries[0]);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void FailingUnit_FailsTheBuildWithFileAndLine()
    {
        Sandbox.WithProject("app", """<PexenUnit Include="bad" Executable="/bin/false" />""");

        BuildRun run = Sandbox.Build("app").Failed("PEX3001");

        Assert.Contains("app.csproj(5,", run.Output);
        Assert.AreEqual("bad Failed", string.Join(", ", run.Units("app", "AfterBuild")));
        Sandbox.Run("msbuild", "app", "-t:PexenVerify").Failed("PEX3001");
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void Results_AreItemsAfterTheRun()
    {
        Sandbox.WithProject("app", """<PexenUnit Include="hello" Executable="/bin/true" /><PexenUnit Include="mile" Requires="hello" />""")
            .With("Directory.Build.targets", """
                <Project>
                  <Target Name="Show" AfterTargets="_PexenAfterBuild">
                    <Message Importance="High" Text="[%(PexenResult.Identity)|%(PexenResult.Outcome)|%(PexenResult.ExitCode)|%(PexenResult.Attempts)]" />
                  </Target>
                </Project>
                """);

        BuildRun run = Sandbox.Build("app").Succeeded();

        Assert.Contains("[hello|Succeeded|0|1]", run.Output);
        Assert.Contains("[mile|Succeeded||0]", run.Output);
        Sandbox.Run("msbuild", "app", "-t:PexenVerify").Succeeded();
    }
}
