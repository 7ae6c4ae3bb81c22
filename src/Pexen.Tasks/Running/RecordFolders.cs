using Pexen.Tasks.Reading;

namespace Pexen.Tasks.Running;

/// <summary>The folders below the output directory that hold a record of the project: of each phase, and of each framework and platform.</summary>
internal static class RecordFolders
{
    private const int Deepest = 3;

    public static IEnumerable<string> Of(BuildContext context) => Below(context.OutputDirectory, 0);

    /// <summary>Those of runs once per project.</summary>
    public static IEnumerable<string> OfProject(BuildContext context) => Below(context.OutputDirectory, Deepest - 1);

    /// <summary>Those of the target framework at hand, on all platforms.</summary>
    public static IEnumerable<string> OfFramework(BuildContext context) => Below(Path.Combine(context.OutputDirectory, context.TargetFramework ?? ""), 1);

    private static IEnumerable<string> Below(string folder, int depth)
    {
        if (!Directory.Exists(folder))
        {
            yield break;
        }

        foreach (string inner in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            if (File.Exists(Path.Combine(inner, "run.json")) || File.Exists(Path.Combine(inner, "running.json")) || File.Exists(Path.Combine(inner, "events.jsonl")))
            {
                yield return inner;
            }
            else if (depth + 1 < Deepest)
            {
                foreach (string deeper in Below(inner, depth + 1))
                {
                    yield return deeper;
                }
            }
        }
    }
}
