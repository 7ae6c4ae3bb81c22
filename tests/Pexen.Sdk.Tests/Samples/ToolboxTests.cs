using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Samples;

[TestClass]
[TestCategory("EndToEnd")]
public sealed class ToolboxTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void Toolbox_PrintsWhatItsReadmeShows()
    {
        Sandbox.WithSample("Toolbox").Build("Toolbox", SampleFiles.UsePackedVersion, EnginePackage.RestoreSources).Succeeded();

        (int exitCode, string output) = Dotnet.Run(Sandbox.Folder, ["Toolbox/bin/Debug/net10.0/toolbox.dll", "Toolbox/notes"]);

        Assert.AreEqual(1, exitCode, output);
        Assert.AreEqual(Sorted(ReadmeText.Block("samples/Toolbox/README.md", "## What it prints", "", skip: 1)), Sorted(output));
        string[] order = [.. Lines(output).Where(line => line[0] != ' ').Select(line => line.Split(' ')[0])];
        Assert.AreEqual("find", order[0]);
        Assert.AreEqual("index sort done", string.Join(' ', order[^3..]));
        Assert.AreEqual(4, File.ReadAllLines(Sandbox["Toolbox/notes/index.txt"]).Length);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void ExampleOfThePackage_CompilesAndPrintsWhatItShows()
    {
        const string Readme = "src/Pexen.Engine/README.md";
        Sandbox.With("app/Program.cs", ReadmeText.Block(Readme, "# Pexen.Engine", "csharp"))
            .With("app/app.csproj", """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType>
                    <TargetFramework>net10.0</TargetFramework>
                    <ImplicitUsings>enable</ImplicitUsings>
                    <Nullable>enable</Nullable>
                    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="Pexen.Engine" Version="VERSION" />
                  </ItemGroup>
                </Project>
                """);
        Sandbox.Build("app", EnginePackage.RestoreSources).Succeeded();

        (int exitCode, string output) = Dotnet.Run(Sandbox.Folder, ["app/bin/Debug/net10.0/app.dll"]);

        Assert.AreEqual(0, exitCode, output);
        Assert.AreEqual(string.Join('\n', Lines(ReadmeText.Block(Readme, "prints", ""))), string.Join('\n', Lines(output)));
    }

    private static string Sorted(string text) => string.Join('\n', Lines(text).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0);
}
