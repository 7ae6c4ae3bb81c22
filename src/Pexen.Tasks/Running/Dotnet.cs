namespace Pexen.Tasks.Running;

/// <summary>The dotnet command that runs this build; the supervisor must run on the same.</summary>
internal static class Dotnet
{
    public static string Path
    {
        get
        {
            if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } told)
            {
                return told;
            }

            string? self = Environment.ProcessPath;
            return System.IO.Path.GetFileNameWithoutExtension(self) == "dotnet" ? self! : "dotnet";
        }
    }
}
