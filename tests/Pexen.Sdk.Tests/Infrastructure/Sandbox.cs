namespace Pexen.Sdk.Tests.Infrastructure;

/// <summary>A folder outside the repository with projects in it, whose only package source is the feed of the tests.</summary>
internal sealed class Sandbox : IDisposable
{
    private readonly TestContext _context;
    private readonly string _state;
    private int _builds;

    public Sandbox(TestContext context)
    {
        _context = context;
        string root = Path.Combine(Feed.Sandboxes, $"{context.TestName}-{Guid.NewGuid().ToString("N")[..6]}");
        Folder = Path.Combine(root, "work");
        _state = Path.Combine(root, "state");
        Directory.CreateDirectory(Folder);
        Directory.CreateDirectory(_state);
        With("NuGet.config", $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="{Feed.Folder}" />
              </packageSources>
            </configuration>
            """);
        With("global.json", $$"""{ "msbuild-sdks": { "Pexen.Sdk": "{{Feed.Version}}" } }""");
        // Nothing above is to be found by a search upwards.
        With("Directory.Build.props", "<Project />").With("Directory.Build.targets", "<Project />").With("Directory.Packages.props", "<Project />");
        Directory.CreateDirectory(Path.Combine(Folder, ".git"));
    }

    public string Folder { get; }

    public string this[string path] => Path.Combine(Folder, path);

    /// <summary>A file; <c>VERSION</c> in its text becomes the version under test.</summary>
    public Sandbox With(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.WriteAllText(this[path], text.Replace("VERSION", Feed.Version, StringComparison.Ordinal));
        return this;
    }

    /// <summary>A project named as its folder, that the SDK is added to, with these items; and a source file that compiles by itself.</summary>
    public Sandbox WithProject(string name, string items, string properties = "<TargetFramework>net10.0</TargetFramework>") =>
        With($"{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Sdk Name="Pexen.Sdk" />
              <PropertyGroup>{properties}</PropertyGroup>
              <ItemGroup>
                {items}
              </ItemGroup>
            </Project>
            """).With($"{name}/Source.cs", "public sealed class Source;");

    /// <summary><c>dotnet build</c> with these arguments.</summary>
    public BuildRun Build(params string[] arguments) => Run(["build", .. arguments]);

    public BuildRun Run(params string[] arguments)
    {
        string log = Path.Combine(Path.GetDirectoryName(Folder)!, $"{++_builds}.binlog");
        return RunAsIs([.. arguments, "-tl:off", "-nodeReuse:false", $"-bl:{log}"]);
    }

    /// <summary><c>dotnet</c> with these arguments and no others.</summary>
    public BuildRun RunAsIs(params string[] arguments)
    {
        (int exitCode, string output) = Dotnet.Run(
            Folder,
            arguments,
            new Dictionary<string, string> { ["NUGET_PACKAGES"] = Feed.Packages, ["XDG_STATE_HOME"] = _state });
        return new BuildRun(this, exitCode, output);
    }

    public void Dispose()
    {
        string root = Path.GetDirectoryName(Folder)!;
        if (_context.CurrentTestOutcome != UnitTestOutcome.Passed)
        {
            KeepLogs(root);
        }

        Directory.Delete(root, recursive: true);
    }

    private void KeepLogs(string root)
    {
        string kept = Path.Combine(Repository.Root, "artifacts", "e2e", _context.TestName!);
        Directory.CreateDirectory(kept);
        foreach (string log in Directory.EnumerateFiles(root, "*.binlog"))
        {
            File.Copy(log, Path.Combine(kept, Path.GetFileName(log)), overwrite: true);
            _context.AddResultFile(Path.Combine(kept, Path.GetFileName(log)));
        }
    }
}
