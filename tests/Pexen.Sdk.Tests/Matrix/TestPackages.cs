using System.Xml.Linq;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Matrix;

/// <summary>The packages that these tests themselves were restored with: test projects of the cells take them from there, without a network.</summary>
internal static class TestPackages
{
    public static IReadOnlyList<(string Name, string Version)> Platform { get; } = [Central("MSTest.TestFramework"), Central("MSTest.TestAdapter")];

    public static IReadOnlyList<(string Name, string Version)> VSTest { get; } = [.. Platform, Central("Microsoft.NET.Test.Sdk")];

    /// <summary>The feed of the package under test, and the folder of packages of this machine.</summary>
    public static string Configuration => $"""
        <configuration>
          <packageSources>
            <clear />
            <add key="feed" value="{Feed.Folder}" />
          </packageSources>
          <fallbackPackageFolders>
            <clear />
            <add key="here" value="{Folder}" />
          </fallbackPackageFolders>
        </configuration>
        """;

    private static string Folder =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static (string Name, string Version) Central(string name) =>
        (name, XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .First(package => package.Attribute("Include")!.Value == name).Attribute("Version")!.Value);
}
