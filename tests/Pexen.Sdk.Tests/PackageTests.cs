using System.IO.Compression;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests;

[TestClass]
public sealed class PackageTests
{
    [TestMethod]
    public void PackedSdk_HoldsTasksHostTargetsAndNothingOfMSBuild()
    {
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(Feed.Folder, $"Pexen.Sdk.{Feed.Version}.nupkg"));
        HashSet<string> files = [.. package.Entries.Select(entry => entry.FullName)];

        string[] expected =
        [
            "Sdk/Sdk.props", "Sdk/Sdk.targets", "build/Pexen.Sdk.props", "build/Pexen.Sdk.targets", "build/BuildIdentity.proj",
            "buildMultiTargeting/Pexen.Sdk.props", "buildMultiTargeting/Pexen.Sdk.targets", "buildTransitive/Pexen.Sdk.props", "buildTransitive/Pexen.Sdk.targets",
            "tasks/net10.0/Pexen.Tasks.dll", "tasks/net10.0/Pexen.Tasks.deps.json", "tasks/net10.0/Pexen.Engine.dll", "tasks/net10.0/NuGet.Versioning.dll",
            "tools/Pexen.Host.dll", "tools/Pexen.Host.runtimeconfig.json", "tools/Pexen.Host.deps.json", "tools/Pexen.Engine.dll", "tools/NuGet.Versioning.dll",
            "README.md",
        ];
        foreach (string file in expected)
        {
            Assert.Contains(file, files);
        }

        Assert.IsFalse(files.Any(file => file.StartsWith("lib/", StringComparison.Ordinal)), "an SDK has no library");
        Assert.IsFalse(files.Any(file => Path.GetFileName(file).StartsWith("Microsoft.Build", StringComparison.Ordinal)), "MSBuild brings its own");
    }

    [TestMethod]
    public void PackedSdk_IsAnSdkAndADependencyAndDependsOnNothing()
    {
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(Feed.Folder, $"Pexen.Sdk.{Feed.Version}.nupkg"));
        using var reader = new StreamReader(package.GetEntry("Pexen.Sdk.nuspec")!.Open());
        string nuspec = reader.ReadToEnd();

        Assert.Contains("<packageType name=\"MSBuildSdk\"", nuspec);
        Assert.Contains("<packageType name=\"Dependency\"", nuspec);
        Assert.DoesNotContain("<dependency ", nuspec);
    }
}
