using System.Globalization;
using Microsoft.Build.Framework;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Tasks.Factories;

/// <summary>The units in the JSON files that <c>PexenManifest</c> names.</summary>
internal static class ManifestUnits
{
    public const string ItemType = "PexenManifest";

    public static void Expand(
        IEnumerable<FactoryItem> items, string projectDirectory, IBuildEngine? engine, List<UnitDeclaration> units, ICollection<Diagnostic> problems)
    {
        foreach (FactoryItem item in items)
        {
            try
            {
                (IReadOnlyList<UnitDeclaration> read, IReadOnlyList<Diagnostic> found) = ReadOnce(item, projectDirectory, engine);
                units.AddRange(read);
                foreach (Diagnostic problem in found)
                {
                    problems.Add(problem);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                problems.Add(Diagnostics.FactoryFileNotRead(ItemType, item.Include, exception.Message, item.Source));
            }
        }
    }

    /// <summary>Every phase of a build asks for all units of the project; a large manifest is read for the first, and forgotten with the build.</summary>
    private static (IReadOnlyList<UnitDeclaration> Units, IReadOnlyList<Diagnostic> Problems) ReadOnce(FactoryItem item, string projectDirectory, IBuildEngine? engine)
    {
        string path = Path.GetFullPath(item.Include.Replace('\\', '/'), projectDirectory);
        if (engine is not IBuildEngine4 memory)
        {
            return Read(item, path, projectDirectory);
        }

        var file = new FileInfo(path);
        string defaults = string.Join('\n', item.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
        string key = string.Create(CultureInfo.InvariantCulture, $"Pexen manifest {path}\n{projectDirectory}\n{item.Source}\n{(file.Exists ? file.Length : -1)} {file.LastWriteTimeUtc.Ticks}\n{defaults}");
        if (memory.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) is Remembered known)
        {
            return (known.Units, known.Problems);
        }

        (IReadOnlyList<UnitDeclaration> units, IReadOnlyList<Diagnostic> problems) = Read(item, path, projectDirectory);
        memory.RegisterTaskObject(key, new Remembered(units, problems), RegisteredTaskObjectLifetime.Build, allowEarlyCollection: true);
        return (units, problems);
    }

    private static (IReadOnlyList<UnitDeclaration> Units, IReadOnlyList<Diagnostic> Problems) Read(FactoryItem item, string path, string projectDirectory)
    {
        List<Diagnostic> problems = [];
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        var origin = new UnitOrigin(NamedFile.Of(path, projectDirectory), []);
        List<UnitDeclaration> units = new JsonUnitReader(path, origin, item.Metadata, problems).Read(stream);
        if (units.Count == 0 && problems.Count == 0)
        {
            problems.Add(Diagnostics.FactoryGaveNothing(ItemType, item.Include, "the file has no unit", item.Source));
        }

        return (units, problems);
    }

    private sealed record Remembered(IReadOnlyList<UnitDeclaration> Units, IReadOnlyList<Diagnostic> Problems);
}
