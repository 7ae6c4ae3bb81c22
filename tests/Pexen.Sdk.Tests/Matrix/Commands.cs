namespace Pexen.Sdk.Tests.Matrix;

/// <summary>The command line of a cell.</summary>
internal static class Commands
{
    public static IReadOnlyList<string> Of(Cell cell) => ResponseFile(cell) is null ? [.. WithoutSwitch(cell), .. Options(cell.Switch)] : [.. WithoutSwitch(cell)];

    /// <summary>With Microsoft.Testing.Platform the dotnet command hands options of MSBuild to the test programs; MSBuild takes them from Directory.Build.rsp.</summary>
    public static string? ResponseFile(Cell cell) => cell.Verb == Verb.TestByPlatform ? string.Join('\n', Options(cell.Switch)) : null;

    /// <summary>What has to be done before: what is to be cleaned or rebuilt has to be built.</summary>
    public static IReadOnlyList<string>? Before(Cell cell) =>
        cell.Verb is Verb.Clean or Verb.Rebuild ? ["build", Named(cell), "--no-restore"] : null;

    private static IEnumerable<string> WithoutSwitch(Cell cell) => cell.Verb switch
    {
        Verb.Build => ["build", Named(cell), "--no-restore"],
        Verb.Rebuild => ["build", Named(cell), "--no-restore", "-t:Rebuild"],
        Verb.Publish when cell.Frameworks == Frameworks.Several => ["publish", Named(cell), "--no-restore", "-f", Shape.First],
        Verb.Publish => ["publish", Named(cell), "--no-restore"],
        Verb.Pack => ["pack", Named(cell), "--no-restore"],
        Verb.TestByVSTest => ["test", Named(cell), "--no-restore"],
        Verb.TestByPlatform => ["test", cell.Reach == Reach.Solution ? "--solution" : "--project", Named(cell), "--no-restore"],
        Verb.Clean => ["clean", Named(cell)],
        _ => DesignTime(cell),
    };

    /// <summary>As Visual Studio asks: one framework, references left alone, nothing compiled.</summary>
    private static IEnumerable<string> DesignTime(Cell cell)
    {
        bool standAlone = cell.Way == Way.StandAlone && cell.Reach == Reach.Direct;
        bool severalHere = cell.Frameworks == Frameworks.Several && cell.Reach == Reach.Direct;
        return
        [
            "msbuild", Named(cell), standAlone ? "-t:Build" : "-t:ResolveAssemblyReferencesDesignTime;Compile", "-p:DesignTimeBuild=true",
            "-p:BuildingInsideVisualStudio=true", "-p:BuildProjectReferences=false", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true",
            .. severalHere ? new[] { $"-p:TargetFramework={Shape.First}" } : [],
        ];
    }

    private static string Named(Cell cell) => cell.Reach switch
    {
        Reach.Direct => Shape.Of(cell).UnitsProject,
        Reach.Solution => "all.slnx",
        _ => "app/app.csproj",
    };

    private static IEnumerable<string> Options(Switch option) => option switch
    {
        Switch.Nodes => ["-m:2"],
        Switch.Graph => ["-graph"],
        Switch.Multithreaded => ["-mt", "-m:2"],
        Switch.TerminalLogger => ["-tl:on"],
        _ => ["-bl:cell.binlog"],
    };
}
