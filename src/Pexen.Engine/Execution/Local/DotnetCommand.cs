namespace Pexen.Execution.Local;

/// <summary>The dotnet command.</summary>
internal static class DotnetCommand
{
    /// <summary>For <c>PATH</c> to find.</summary>
    public const string Name = "dotnet";

    /// <summary>The one that runs this program; null if it is a program of its own.</summary>
    public static string? OfThisProcess =>
        Environment.ProcessPath is string path && Path.GetFileNameWithoutExtension(path).Equals(Name, StringComparison.OrdinalIgnoreCase) ? path : null;
}
