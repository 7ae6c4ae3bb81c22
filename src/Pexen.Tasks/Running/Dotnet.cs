using Pexen.Execution.Local;

namespace Pexen.Tasks.Running;

/// <summary>The dotnet command that runs this build; the supervisor must run on the same.</summary>
internal static class Dotnet
{
    public static string Path =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } told ? told : DotnetCommand.OfThisProcess ?? DotnetCommand.Name;
}
