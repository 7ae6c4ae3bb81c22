using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>No two units declare one output, nor one of them a folder that the other writes into (PEX1009).</summary>
internal static class OutputRules
{
    public static void Check(ImmutableArray<UnitDefinition> units, string projectDirectory, ICollection<Diagnostic> problems)
    {
        StringComparer comparer = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
        List<DeclaredOutput> outputs = [.. Declared(units, projectDirectory)];
        Dictionary<string, DeclaredOutput> byPath = new(outputs.Count, comparer);
        HashSet<(int, int)> reported = [];
        foreach (DeclaredOutput output in outputs)
        {
            if (!byPath.TryAdd(output.Path, output))
            {
                Report(byPath[output.Path], output);
            }
        }

        foreach (DeclaredOutput output in outputs)
        {
            for (string? folder = Path.GetDirectoryName(output.Path); folder is not null; folder = Path.GetDirectoryName(folder))
            {
                if (byPath.TryGetValue(folder, out DeclaredOutput? above) && above.IsFolder)
                {
                    Report(above, output);
                }
            }
        }

        void Report(DeclaredOutput one, DeclaredOutput other)
        {
            (DeclaredOutput first, DeclaredOutput second) = one.Unit <= other.Unit ? (one, other) : (other, one);
            if (first.Unit != second.Unit && reported.Add((first.Unit, second.Unit)))
            {
                problems.Add(Diagnostics.OutputDeclaredTwice(units[first.Unit], first.Text, units[second.Unit], second.Text));
            }
        }
    }

    private static IEnumerable<DeclaredOutput> Declared(ImmutableArray<UnitDefinition> units, string projectDirectory)
    {
        for (int unit = 0; unit < units.Length; unit++)
        {
            foreach (string text in units[unit].Outputs)
            {
                string path = text.Replace('\\', '/');
                bool isFolder = path.EndsWith('/');
                yield return new DeclaredOutput(unit, text, Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, projectDirectory)), isFolder);
            }
        }
    }

    private sealed record DeclaredOutput(int Unit, string Text, string Path, bool IsFolder);
}
