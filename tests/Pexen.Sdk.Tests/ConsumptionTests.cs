using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests;

[TestClass]
[TestCategory("EndToEnd")]
public sealed class ConsumptionTests : EndToEnd
{
    private const string Unit = """<PexenUnit Include="gen" Phase="BeforeBuild" Command="mkdir -p gen; echo 'public sealed class Made;' &gt; gen/Made.cs" Outputs="gen/Made.cs" AddTo="Compile" />""";
    private const string Reference = """<PackageReference Include="Pexen.Sdk" Version="VERSION" PrivateAssets="all" />""";

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow("Microsoft.NET.Sdk", """<Sdk Name="Pexen.Sdk" Version="VERSION" />""", "", DisplayName = "added SDK")]
    [DataRow("Microsoft.NET.Sdk;Pexen.Sdk/VERSION", "", "", DisplayName = "SDK list with a version")]
    [DataRow("Microsoft.NET.Sdk;Pexen.Sdk", "", "", DisplayName = "SDK list, version in global.json")]
    [DataRow("Microsoft.NET.Sdk", "", Reference, DisplayName = "package")]
    [DataRow("Microsoft.NET.Sdk;Pexen.Sdk", "", Reference, DisplayName = "SDK and package")]
    [DataRow("Pexen.Sdk;Microsoft.NET.Sdk", "", Reference, DisplayName = "SDK first, and package")]
    public void EachWay_CompilesWhatAUnitMade(string sdk, string element, string items)
    {
        Sandbox.With("app/app.csproj", $"""
            <Project Sdk="{sdk}">
              {element}
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>{items}{Unit}</ItemGroup>
            </Project>
            """).With("app/Source.cs", "public sealed class Source { public Made Made = new(); }");

        foreach (string pass in new[] { "first", "second, with the file there" })
        {
            BuildRun run = Sandbox.Build("app").Succeeded();
            Assert.IsEmpty(run.Warnings, $"{pass}: {run.Output}");
            Assert.HasCount(1, run.Summaries, $"{pass}: {run.Output}");
        }
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void PackageFromDirectoryBuildProps_RunsUnits()
    {
        Sandbox.With("Directory.Build.props", $"<Project><ItemGroup>{Reference}</ItemGroup></Project>")
            .With("app/app.csproj", $"<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup>{Unit}</ItemGroup></Project>")
            .With("app/Source.cs", "public sealed class Source { public Made Made = new(); }");

        BuildRun run = Sandbox.Build("app").Succeeded();

        Assert.IsEmpty(run.Warnings, run.Output);
        Assert.HasCount(1, run.Summaries, run.Output);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void StandAlone_BuildsReferencesFirstAndRunsItsPhases()
    {
        Sandbox.With("lib/lib.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""")
            .With("lib/Source.cs", "public sealed class Source;")
            .With("units/units.proj", """
                <Project Sdk="Pexen.Sdk">
                  <ItemGroup>
                    <ProjectReference Include="../lib/lib.csproj" />
                    <PexenUnit Include="early" Phase="BeforeBuild" Command="test -f ../lib/bin/Debug/net10.0/lib.dll" />
                    <PexenUnit Include="late" Executable="/bin/true" Requires="early" />
                    <PexenUnit Include="ship" Executable="/bin/true" Phase="BeforePublish" />
                  </ItemGroup>
                </Project>
                """);

        BuildRun run = Sandbox.Run("publish", "units/units.proj").Succeeded();

        // publish is Release by default only where the .NET SDK says so; a project of units has no such default.
        Assert.AreEqual("early Succeeded", string.Join(", ", run.Units("units", "BeforeBuild")));
        Assert.AreEqual("late Succeeded", string.Join(", ", run.Units("units", "AfterBuild")));
        Assert.AreEqual("ship Succeeded", string.Join(", ", run.Units("units", "BeforePublish")));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void DesignTimeBuildAndPexenEnabledFalse_RunNothing()
    {
        Sandbox.WithProject("app", """<PexenUnit Include="any" Phase="BeforeBuild;AfterBuild" Executable="/bin/true" />""");
        Sandbox.Run("restore", "app").Succeeded();

        Assert.IsEmpty(Sandbox.Run("msbuild", "app", "-t:Compile", "-p:DesignTimeBuild=true").Succeeded().Summaries);
        Assert.IsEmpty(Sandbox.Build("app", "-p:DesignTimeBuild=true").Succeeded().Summaries);
        Assert.IsEmpty(Sandbox.Build("app", "-p:PexenEnabled=false").Succeeded().Summaries);
        Assert.IsFalse(Directory.Exists(Sandbox["app/obj/pexen"]));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void OldMSBuild_IsOneCodedError()
    {
        Sandbox.WithProject("app", """<PexenUnit Include="any" Executable="/bin/true" />""");

        BuildRun run = Sandbox.Build("app", "-p:_PexenMSBuildVersion=17.14.0").Failed("PEX1017");

        Assert.HasCount(1, run.Errors, run.Output);
    }
}
