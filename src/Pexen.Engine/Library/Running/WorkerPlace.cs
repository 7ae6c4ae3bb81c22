using System.Runtime.InteropServices;
using Pexen.Execution.Local;
using Pexen.Execution.Workers;

namespace Pexen.Library;

/// <summary>Finds the program that calls methods. The package puts it beside the program that uses the library.</summary>
internal static class WorkerPlace
{
    /// <summary>Folder of the worker below that of the program.</summary>
    private const string Folder = "pexen-worker";

    private const string File = "Pexen.Host.dll";

    /// <exception cref="StartException">There is none.</exception>
    public static WorkerStart Find(ChildEnvironment environment, string runId)
    {
        string[] places = [AppContext.BaseDirectory, Path.GetDirectoryName(typeof(WorkerPlace).Assembly.Location) ?? ""];
        string[] files = [.. places.Where(place => place.Length > 0).SelectMany(place => new[] { Path.Combine(place, Folder, File), Path.Combine(place, File) }).Distinct()];
        return new WorkerStart
        {
            File = Dotnet(),
            HostAssembly = Array.Find(files, System.IO.File.Exists) ?? throw new StartException(
                $"the worker program is not there: looked for '{string.Join("', '", files)}'. The package Pexen.Engine copies it to the output of a build unless PexenWorker is false"),
            Environment = environment.ForWorker(runId),
        };
    }

    /// <summary>The dotnet command of the runtime that we run on; otherwise the one that <c>PATH</c> has, which tells itself if it is not there.</summary>
    private static string Dotnet()
    {
        string name = OperatingSystem.IsWindows() ? $"{DotnetCommand.Name}.exe" : DotnetCommand.Name;
        string ofRuntime = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return DotnetCommand.OfThisProcess ?? (System.IO.File.Exists(ofRuntime) ? ofRuntime : DotnetCommand.Name);
    }
}
