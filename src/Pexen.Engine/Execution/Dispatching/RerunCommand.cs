namespace Pexen.Execution.Dispatching;

/// <summary>The command that runs what failed again, and just that.</summary>
internal static class RerunCommand
{
    public static string For(RunRequest request, IReadOnlyList<string> units)
    {
        // MSBuild takes ; and , as separators, which %3B survives. The path is absolute: where the user's shell stands is not known here.
        List<string> words =
            ["dotnet", "build", request.ProjectFile, "-t:PexenRun", $"-p:PexenPhase={request.Phase}", $"-p:PexenUnits={string.Join("%3B", units)}"];
        if (request.TargetFramework is not null)
        {
            words.Add($"-p:TargetFramework={request.TargetFramework}");
        }

        return string.Join(' ', words.Select(ShellWord.Quote));
    }

    /// <summary>A property with its value, as MSBuild's escaped text, for the same command.</summary>
    public static string Property(string name, string escaped)
    {
        // Quotes and separators are MSBuild's own on its command line, whatever the shell does.
        string value = escaped.Replace(";", "%3B", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal).Replace("\"", "%22", StringComparison.Ordinal);
        return ShellWord.Quote($"-p:{name}={value}");
    }
}
