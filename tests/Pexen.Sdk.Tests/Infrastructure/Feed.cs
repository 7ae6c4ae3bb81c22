namespace Pexen.Sdk.Tests.Infrastructure;

/// <summary>
/// The package under test, packed once for all tests with a version of its own, so that no cache can hold it. PEXEN_TEST_FEED and
/// PEXEN_TEST_VERSION name a packed one instead.
/// </summary>
[TestClass]
public sealed class Feed
{
    private static readonly string Temporary = Path.Combine(Path.GetTempPath(), $"pexen-e2e-{Guid.NewGuid():N}");

    public static string Folder { get; private set; } = "";

    public static string Version { get; private set; } = "";

    /// <summary>Packages of the tests alone.</summary>
    public static string Packages => Path.Combine(Temporary, "packages");

    public static string Sandboxes => Path.Combine(Temporary, "sandboxes");

    [AssemblyInitialize]
    public static void Pack(TestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Folder = Environment.GetEnvironmentVariable("PEXEN_TEST_FEED") ?? "";
        Version = Environment.GetEnvironmentVariable("PEXEN_TEST_VERSION") ?? "";
        if (Folder.Length > 0 && Version.Length > 0)
        {
            return;
        }

        Folder = Path.Combine(Temporary, "feed");
        Version = $"0.1.0-test.{DateTime.UtcNow:yyyyMMddHHmmss}";
        (int exitCode, string output) = Dotnet.Run(
            Repository.Root,
            ["pack", "src/Pexen.Sdk/Pexen.Sdk.csproj", "-c", "Release", "-o", Folder, $"-p:Version={Version}", "-v:quiet"]);
        Assert.AreEqual(0, exitCode, output);
    }

    [AssemblyCleanup]
    public static void Remove()
    {
        try
        {
            Directory.Delete(Temporary, recursive: true);
        }
        catch (IOException)
        {
            // A temporary folder; nobody is hurt.
        }
    }
}
