namespace Pexen.Execution.Local;

/// <summary>Servers that build tools leave behind on purpose. They are ended like everything else, but nobody is warned of them.</summary>
internal static class BuildServers
{
    private static readonly string[] Signs = ["VBCSCompiler", "/nodemode:", "-nodemode:", "rzc.dll server", "rzc server", "--build-server"];

    public static bool Includes(ProcessEntry process) =>
        process.Name.StartsWith("VBCSCompiler", StringComparison.Ordinal)
        || (process.Name is "dotnet" or "MSBuild" or "rzc" && Signs.Any(ProcessTable.CommandLine(process.Id).Contains));
}
