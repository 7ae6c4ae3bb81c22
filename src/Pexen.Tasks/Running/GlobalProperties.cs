using System.Collections.Immutable;
using Microsoft.Build.Framework;
using Pexen.Execution.Dispatching;
using Pexen.Model;

namespace Pexen.Tasks.Running;

/// <summary>What the user gave the build by <c>-p:</c>, for a command that is to do the same again.</summary>
internal static class GlobalProperties
{
    // What the dotnet command, solutions and references add of their own, and what the command says already.
    private static readonly string[] NotTheUsers =
    [
        "_", "MSBuild", "NuGet", "Restore", "Solution", "CurrentSolution", "BuildingSolution", "DOTNET_", "IsGraphBuild", "NoBuild", "BuildProjectReferences",
        "TargetFramework", "PexenPhase", "PexenUnits", "VSTest", "DeployOnBuild",
    ];

    /// <summary>For a build inside the build: what the user gave, and the framework that it is for.</summary>
    public static ImmutableArray<NamedValue> Of(IBuildEngine engine) =>
        engine is IBuildEngine6 known
            ? [.. known.GetGlobalProperties().Where(pair => IsTheUsers(pair) || pair.Key.Equals("TargetFramework", StringComparison.OrdinalIgnoreCase)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new NamedValue(pair.Key, pair.Value))]
            : [];

    /// <summary>Begins with a blank; empty where there are none.</summary>
    public static string AsArguments(IBuildEngine engine) =>
        engine is IBuildEngine6 known
            ? string.Concat(known.GetGlobalProperties().Where(IsTheUsers).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(AsArgument))
            : "";

    private static bool IsTheUsers(KeyValuePair<string, string> pair) =>
        pair.Value.Length > 0 && !NotTheUsers.Any(prefix => pair.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static string AsArgument(KeyValuePair<string, string> pair) => $" {RerunCommand.Property(pair.Key, pair.Value)}";
}
