[assembly: DoNotParallelize]

namespace Pexen.Sdk.Tests.Infrastructure;

/// <summary>A test with a sandbox of its own.</summary>
public abstract class EndToEnd
{
    public const int Minutes = 5 * 60 * 1000;

    private Sandbox? _sandbox;

    public TestContext TestContext { get; set; } = null!;

    internal Sandbox Sandbox => _sandbox ??= new Sandbox(TestContext);

    [TestCleanup]
    public void RemoveSandbox() => _sandbox?.Dispose();
}
