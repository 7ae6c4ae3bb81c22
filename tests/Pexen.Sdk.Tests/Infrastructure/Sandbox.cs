using System.Diagnostics;

namespace Pexen.Sdk.Tests.Infrastructure;

/// <summary>A folder outside the repository with projects in it, whose only package source is the feed of the tests.</summary>
internal sealed class Sandbox : IDisposable
{
    private readonly TestContext? _context;
    private readonly string _state;
    private int _builds;

    public Sandbox(TestContext context)
        : this(context.TestName!) => _context = context;

    /// <summary>One that several tests look at.</summary>
    public Sandbox(string name)
    {
        string root = Path.Combine(Feed.Sandboxes, $"{name}-{Guid.NewGuid().ToString("N")[..6]}");
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

    /// <summary>A project that only has units, which builds much faster than one that compiles.</summary>
    public Sandbox WithUnits(string path, string items, string properties = "") =>
        With(path, $"""
            <Project Sdk="Pexen.Sdk">
              <PropertyGroup>{properties}</PropertyGroup>
              <ItemGroup>
            {items}
              </ItemGroup>
            </Project>
            """);

    /// <summary>The line of a file, from 1, on which a text is first found.</summary>
    public int LineOf(string path, string text)
    {
        int line = Array.FindIndex(File.ReadAllLines(this[path]), candidate => candidate.Contains(text, StringComparison.Ordinal));
        Assert.IsGreaterThanOrEqualTo(0, line, $"{path} has no line with {text}");
        return line + 1;
    }

    /// <summary><c>dotnet build</c> with these arguments.</summary>
    public BuildRun Build(params string[] arguments) => Run(["build", .. arguments]);

    /// <summary><c>dotnet msbuild</c>: no restore, which a project that only has units does not need.</summary>
    public BuildRun MSBuild(params string[] arguments) => Run(["msbuild", "-nologo", .. arguments]);

    public BuildRun Run(params string[] arguments) => Run(new Dictionary<string, string>(), arguments);

    public BuildRun Run(IReadOnlyDictionary<string, string> environment, params string[] arguments) => Run(environment, null, arguments);

    /// <param name="environment">Set besides.</param>
    /// <param name="hear">Gets every line as it comes.</param>
    /// <param name="arguments">Of the dotnet command.</param>
    public BuildRun Run(IReadOnlyDictionary<string, string> environment, Action<string>? hear, params string[] arguments)
    {
        string log = Path.Combine(Path.GetDirectoryName(Folder)!, $"{Interlocked.Increment(ref _builds)}.binlog");
        (int exitCode, string output) = Dotnet.Run(Folder, [.. arguments, "-tl:off", "-nodeReuse:false", $"-bl:{log}"], With(environment), hear);
        return new BuildRun(this, exitCode, output);
    }

    /// <summary><c>dotnet</c> with these arguments and no others.</summary>
    public BuildRun RunAsIs(params string[] arguments)
    {
        (int exitCode, string output) = Dotnet.Run(Folder, arguments, With(new Dictionary<string, string>()));
        return new BuildRun(this, exitCode, output);
    }

    /// <summary>
    /// A build that is not waited for, in a session of its own, so that signals to its group reach nobody else. Its nodes and servers are its own too:
    /// no other build's nodes answer to its salt.
    /// </summary>
    public StartedBuild Start(IEnumerable<string> arguments, BuildMode mode = BuildMode.Ordinary, Launcher launcher = Launcher.Terminal)
    {
        ProcessStartInfo start = Dotnet.StartInfo(Dotnet.Path, Folder, [], With(new Dictionary<string, string> { ["MSBUILDNODEHANDSHAKESALT"] = _state }));
        bool reuse = mode is BuildMode.Server or BuildMode.NodeReuse;
        if (reuse)
        {
            start.Environment.Remove("MSBUILDDISABLENODEREUSE");
        }

        if (mode == BuildMode.Server)
        {
            start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "1";
            start.Environment["MSBUILDUSESERVER"] = "1";
        }

        string[] command = [start.FileName, .. arguments, "-tl:off", $"-nodeReuse:{(reuse ? "true" : "false")}", .. mode == BuildMode.MultiThreaded ? ["-mt"] : Array.Empty<string>()];
        return StartSession(start, launcher == Launcher.IgnoringInterrupts ? ["sh", "-c", "trap '' INT; exec \"$@\"", "sh", .. command] : command);
    }

    /// <summary>The same with no arguments besides these: not every verb takes those of MSBuild.</summary>
    public StartedBuild StartAsIs(params string[] arguments) =>
        StartSession(Dotnet.StartInfo(Dotnet.Path, Folder, [], With(new Dictionary<string, string> { ["MSBUILDNODEHANDSHAKESALT"] = _state })), [Dotnet.Path, .. arguments]);

    /// <summary>A line that a shell takes, as a user copies it.</summary>
    public BuildRun Shell(string line)
    {
        (int exitCode, string output) = Dotnet.Run("/bin/sh", Folder, ["-c", line], With(new Dictionary<string, string>()));
        return new BuildRun(this, exitCode, output);
    }

    private StartedBuild StartSession(ProcessStartInfo start, IEnumerable<string> command)
    {
        start.FileName = "setsid";
        foreach (string argument in command)
        {
            start.ArgumentList.Add(argument);
        }

        return new StartedBuild(this, start, $"XDG_STATE_HOME={_state}");
    }

    private Dictionary<string, string> With(IReadOnlyDictionary<string, string> environment) =>
        new(environment) { ["NUGET_PACKAGES"] = Feed.Packages, ["XDG_STATE_HOME"] = _state };

    public void Dispose()
    {
        string root = Path.GetDirectoryName(Folder)!;
        if (_context is not null && _context.CurrentTestOutcome != UnitTestOutcome.Passed)
        {
            KeepLogs(root, _context);
        }

        Directory.Delete(root, recursive: true);
    }

    private static void KeepLogs(string root, TestContext context)
    {
        string kept = Path.Combine(Repository.Root, "artifacts", "e2e", context.TestName!);
        Directory.CreateDirectory(kept);
        foreach (string log in Directory.EnumerateFiles(root, "*.binlog"))
        {
            File.Copy(log, Path.Combine(kept, Path.GetFileName(log)), overwrite: true);
            context.AddResultFile(Path.Combine(kept, Path.GetFileName(log)));
        }
    }
}
