using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests;

[TestClass]
[TestCategory("EndToEnd")]
public sealed class MultiTargetingTests : EndToEnd
{
    private const string Frameworks = """
        <TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks>
        <EnableWindowsTargeting>true</EnableWindowsTargeting>
        <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
        """;

    private const string Units = """
        <PexenUnit Include="gen" Phase="BeforeBuild" Command="mkdir -p gen; echo 'public sealed class Made;' &gt; gen/Made.cs; echo . &gt;&gt; count" Outputs="gen/Made.cs" AddTo="Compile" />
        <PexenUnit Include="check" Executable="/bin/true" />
        <PexenUnit Include="each" Executable="/bin/true" RunPer="TargetFramework" />
        """;

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow("lib", DisplayName = "direct")]
    [DataRow("lib", "-m:2", DisplayName = "two nodes")]
    [DataRow("all.slnx", "-m:2", DisplayName = "solution")]
    [DataRow("all.slnx", "-graph", DisplayName = "solution as a graph")]
    [DataRow("all.slnx", "-mt", "-m:2", DisplayName = "solution, multithreaded")]
    public void TwoFrameworks_ProjectUnitsRunOnceAndTheOthersOnceInEach(string project, params string[] options)
    {
        Prepare();

        BuildRun run = Sandbox.Build([project, .. options]).Succeeded();

        Assert.HasCount(4, run.Summaries, run.Output);
        Assert.AreEqual(".", File.ReadAllText(Sandbox["lib/count"]).Trim());
        Assert.AreEqual("each Succeeded", string.Join(", ", run.Units("lib", "AfterBuild", framework: "net10.0")));
        Assert.AreEqual("each Succeeded", string.Join(", ", run.Units("lib", "AfterBuild", framework: "net10.0-windows")));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void OneFrameworkThroughAReference_RunsProjectUnitsOnce()
    {
        Prepare();

        BuildRun run = Sandbox.Build("app").Succeeded();

        Assert.HasCount(3, run.Summaries, run.Output);
        Assert.AreEqual(".", File.ReadAllText(Sandbox["lib/count"]).Trim());
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void DifferentGlobalProperties_ReuseTheRecordOfTheBuild()
    {
        Prepare();
        Sandbox.With("twice.proj", """
            <Project>
              <Target Name="Build">
                <MSBuild Projects="lib/lib.csproj" Properties="TargetFramework=net10.0;One=1" Targets="Build" />
                <MSBuild Projects="lib/lib.csproj" Properties="TargetFramework=net10.0;Two=2" Targets="Build" />
              </Target>
            </Project>
            """);
        Sandbox.Run("restore", "lib").Succeeded();

        Sandbox.Run("msbuild", "twice.proj").Succeeded();

        Assert.AreEqual(".", File.ReadAllText(Sandbox["lib/count"]).Trim());
    }

    private void Prepare()
    {
        Sandbox.WithProject("lib", Units, Frameworks)
            .With("lib/Source.cs", "public sealed class Source { public Made Made = new(); }")
            .With("app/app.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup><ProjectReference Include="../lib/lib.csproj" /></ItemGroup></Project>""")
            .With("app/User.cs", "public sealed class User { public Source Source = new(); }")
            .With("all.slnx", """<Solution><Project Path="lib/lib.csproj" /><Project Path="app/app.csproj" /></Solution>""");
    }
}
