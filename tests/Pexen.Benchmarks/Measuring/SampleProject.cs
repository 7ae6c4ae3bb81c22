namespace Pexen.Benchmarks.Measuring;

/// <summary>
/// A class library of its own, outside of the repository, that takes the packed Pexen.Sdk from a local feed into a package folder of its own.
/// </summary>
internal sealed class SampleProject
{
    private readonly string _directory;

    public SampleProject(string directory, string feed, string version, string items)
    {
        _directory = directory;
        Directory.CreateDirectory(directory);
        Write("sample.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <Sdk Name="Pexen.Sdk" Version="{version}" />
              <ItemGroup>
            {items}
              </ItemGroup>
            </Project>
            """);
        Write("Nothing.cs", "namespace Sample; public static class Nothing;");
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Build.targets", "<Project />");
        Write("Directory.Packages.props", "<Project />");
        Write("NuGet.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><clear /><add key="local" value="{feed}" /></packageSources>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
            </configuration>
            """);
        ChildProcess.Run(_directory, "dotnet", "build", "-v:q", "-tl:off");
    }

    /// <summary>Builds what has been built and restored before.</summary>
    public ChildProcess Build(params IEnumerable<string> arguments) =>
        ChildProcess.Run(_directory, "dotnet", ["build", "--no-restore", "-v:q", "-tl:off", .. arguments]);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_directory, name), text);
}
