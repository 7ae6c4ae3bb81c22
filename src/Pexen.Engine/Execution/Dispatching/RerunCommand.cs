namespace Pexen.Execution.Dispatching;

/// <summary>The command that runs what failed again, and just that.</summary>
internal static class RerunCommand
{
    public static string For(RunRequest request, IReadOnlyList<string> units)
    {
        // Quoted for shells: a blank would end the argument, and MSBuild takes ; and , as separators, which %3B survives.
        // The path is absolute: where the user's shell stands is not known here.
        string framework = request.TargetFramework is null ? "" : $" -p:TargetFramework={request.TargetFramework}";
        return $"dotnet build {Quote(request.ProjectFile)} -t:PexenRun -p:PexenPhase={request.Phase} -p:PexenUnits={string.Join("%3B", units)}{framework}";
    }

    private static string Quote(string text) => text.All(letter => char.IsAsciiLetterOrDigit(letter) || "/._-\\:".Contains(letter)) ? text : $"\"{text}\"";
}
