using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Samples;

/// <summary>The package of the library: packed when the first test wants it, for most do not.</summary>
internal static class EnginePackage
{
    private static readonly Lazy<string> Source = new(Pack);

    /// <summary>
    /// What a restore needs besides the feed of the tests: what the package itself depends on, from the folder in which the build of this repository
    /// has it already.
    /// </summary>
    public static string RestoreSources => Source.Value;

    private static string Pack()
    {
        if (!File.Exists(Path.Combine(Feed.Folder, $"Pexen.Engine.{Feed.Version}.nupkg")))
        {
            (int exitCode, string output) = Dotnet.Run(
                Repository.Root, ["pack", "src/Pexen.Engine/Pexen.Engine.csproj", "-c", "Release", "-o", Feed.Folder, $"-p:Version={Feed.Version}", "-v:quiet"]);
            Assert.AreEqual(0, exitCode, output);
        }

        (int located, string folder) = Dotnet.Run(Repository.Root, ["nuget", "locals", "global-packages", "--list", "--force-english-output"]);
        Assert.AreEqual(0, located, folder);
        return $"-p:RestoreAdditionalProjectSources={folder.Trim().Split(' ', 2)[1]}";
    }
}
