using Pexen.Tasks.Reading;

namespace Pexen.Tasks.Running;

/// <summary>The folders below the output directory that hold a record of the project: of each phase, and of each framework and platform.</summary>
internal static class RecordFolders
{
    private const int Deepest = 3;

    private static readonly string[] OfRuns = ["run.json", "running.json", "events.jsonl"];

    private static readonly string[] OfAll = [.. OfRuns, "plan.json", "graph.dot", "graph.mmd"];

    /// <summary>Of all runs.</summary>
    public static IEnumerable<string> Of(BuildContext context) => Below(context.OutputDirectory, 0, OfRuns);

    /// <summary>Of all runs, and of plans of what never ran.</summary>
    public static IEnumerable<string> WithPlans(BuildContext context) => Below(context.OutputDirectory, 0, OfAll);

    /// <summary>Those of runs once per project, and of their plans.</summary>
    public static IEnumerable<string> OfProject(BuildContext context) => Below(context.OutputDirectory, Deepest - 1, OfAll);

    /// <summary>Those of the target framework at hand, on all platforms.</summary>
    public static IEnumerable<string> OfFramework(BuildContext context) => Below(Path.Combine(context.OutputDirectory, context.TargetFramework ?? ""), 1, OfAll);

    private static IEnumerable<string> Below(string folder, int depth, string[] files)
    {
        if (!Directory.Exists(folder))
        {
            yield break;
        }

        foreach (string inner in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            if (Array.Exists(files, file => File.Exists(Path.Combine(inner, file))))
            {
                yield return inner;
            }
            else if (depth + 1 < Deepest)
            {
                foreach (string deeper in Below(inner, depth + 1, files))
                {
                    yield return deeper;
                }
            }
        }
    }
}
