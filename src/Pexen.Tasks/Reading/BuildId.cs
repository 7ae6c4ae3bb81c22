using System.Collections;
using System.Globalization;
using Microsoft.Build.Framework;

namespace Pexen.Tasks.Reading;

/// <summary>
/// What all runs of one build have in common and runs of two builds have not (rule 15a). MSBuild has no such thing, but it builds a project
/// with given global properties once and remembers the answer for all nodes: so a project without any says a new name, once.
/// </summary>
internal static class BuildId
{
    public static string Of(IBuildEngine engine, string identityProject)
    {
        if (engine is IBuildEngine6 builder)
        {
            List<string> all = [.. builder.GetGlobalProperties().Keys];
            BuildEngineResult answer = builder.BuildProjectFilesInParallel(
                [identityProject], ["GetBuildId"], new IDictionary[] { new Hashtable() }, [all], [null!], returnTargetOutputs: true);
            if (answer.Result
                && answer.TargetOutputsPerProject is [{ } outputs, ..]
                && outputs.TryGetValue("GetBuildId", out ITaskItem[]? items)
                && items is [ITaskItem id])
            {
                return id.ItemSpec;
            }
        }

        // An engine that cannot build: all tasks of this process are then taken for one build.
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Environment.TickCount64 / 1000}");
    }
}
