using System.IO.Compression;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Samples;

[TestClass]
[TestCategory("EndToEnd")]
public sealed class EnginePackageTests : EndToEnd
{
    private const string Properties = """
        <TargetFramework>net10.0</TargetFramework>
        <ImplicitUsings>enable</ImplicitUsings>
        <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
        """;

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void PackedLibrary_HoldsTheWorkerAndNoOtherTools()
    {
        Assert.IsNotNull(EnginePackage.RestoreSources);
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(Feed.Folder, $"Pexen.Engine.{Feed.Version}.nupkg"));

        string[] files = [.. package.Entries.Select(entry => entry.FullName).Where(name => name.Split('/')[0] is "lib" or "tools" or "build" or "buildTransitive")];

        string[] expected =
        [
            "build/Pexen.Engine.targets", "buildTransitive/Pexen.Engine.targets", "lib/net10.0/Pexen.Engine.dll", "lib/net10.0/Pexen.Engine.xml",
            "tools/NuGet.Versioning.dll", "tools/Pexen.Engine.dll", "tools/Pexen.Host.deps.json", "tools/Pexen.Host.dll", "tools/Pexen.Host.runtimeconfig.json",
        ];
        CollectionAssert.AreEquivalent(expected, files, string.Join(' ', files));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void ProgramUsesTheLibraryThroughAnotherProject_MethodsWorkWhereItIsPublished()
    {
        Sandbox.With("steps/steps.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>{Properties}</PropertyGroup>
              <ItemGroup><PackageReference Include="Pexen.Engine" Version="VERSION" /></ItemGroup>
            </Project>
            """)
            .With("steps/Steps.cs", "public static class Steps { public static int Sum(int one, int other) => one + other; }")
            .With("app/app.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>{Properties}<OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup><ProjectReference Include="../steps/steps.csproj" /></ItemGroup>
            </Project>
            """)
            .With("app/Program.cs", """
            using Pexen;
            await foreach (var result in new Scheduler([Unit.Method("sum", Steps.Sum, 1, 2)]).RunAsync())
            {
                Console.WriteLine($"{result.Outcome} {result.Value}{result.Code} {result.Message}");
            }
            """);

        Sandbox.Run("publish", "app/app.csproj", "-o", "published", EnginePackage.RestoreSources).Succeeded();
        Sandbox.Run("publish", "app/app.csproj", "-o", "without", "-p:PexenWorker=false", EnginePackage.RestoreSources).Succeeded();

        Assert.AreEqual("Succeeded 3", Dotnet.Run(Sandbox.Folder, ["published/app.dll"]).Output.Trim());
        Assert.StartsWith("Failed PEX3003 Unit 'sum' could not be started: the worker program is not there", Dotnet.Run(Sandbox.Folder, ["without/app.dll"]).Output);
    }
}
