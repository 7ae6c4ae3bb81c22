using System.IO.Enumeration;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Tasks.Factories;

/// <summary>
/// The units that the methods of an assembly are: public static ones with <c>[PexenUnit]</c>, and unmarked ones whose names match <c>Methods</c>.
/// The assembly is read as a file; nothing of it is loaded.
/// </summary>
internal static class AssemblyUnits
{
    public const string ItemType = "PexenAssembly";

    /// <summary>Says something about the assembly, not about a unit.</summary>
    private const string Methods = "Methods";

    public static void Expand(
        IReadOnlyList<FactoryItem> items, string projectDirectory, List<UnitDeclaration> units, List<AbsentAssembly> absent, ICollection<Diagnostic> problems)
    {
        foreach (FactoryItem item in items)
        {
            string path = Path.GetFullPath(item.Include.Replace('\\', '/'), projectDirectory);
            if (!File.Exists(path))
            {
                absent.Add(new AbsentAssembly(new UnitDeclaration(item.Include, item.Metadata, item.Source), path));
                continue;
            }

            try
            {
                Read(item, path, projectDirectory, units, problems);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BadImageFormatException or InvalidOperationException)
            {
                problems.Add(Diagnostics.AssemblyNotReadable(item.Include, path, exception.Message, item.Source));
            }
        }
    }

    private static void Read(FactoryItem item, string path, string projectDirectory, List<UnitDeclaration> units, ICollection<Diagnostic> problems)
    {
        string[] patterns = [.. MetadataText.Split(item.Metadata.GetValueOrDefault(Methods, ""))];
        string file = NamedFile.Of(path, projectDirectory);
        int before = units.Count;
        int problemsBefore = problems.Count;
        foreach (AssemblyMethod method in AssemblyMethods.Read(path))
        {
            if (method.WhyNot is string why)
            {
                if (method.Marks.Count > 0)
                {
                    problems.Add(Diagnostics.MarkNotUsable(item.Include, method.FullName, why, item.Source));
                }

                continue;
            }

            if (method.Marks.Count == 0 && Array.Exists(patterns, pattern => Matches(pattern, method)))
            {
                units.Add(Declare(item, method, path, file, new Dictionary<string, string>()));
            }

            foreach (IReadOnlyDictionary<string, string> mark in method.Marks)
            {
                units.Add(Declare(item, method, path, file, mark));
            }
        }

        if (units.Count == before && problems.Count == problemsBefore)
        {
            string? pattern = patterns.Length == 0 ? null : string.Join(';', patterns);
            problems.Add(Diagnostics.FactoryGaveNothing(
                ItemType,
                item.Include,
                "it has no public static method with [PexenUnit]" + (pattern is null ? "" : $", and none that Methods=\"{pattern}\" matches"),
                item.Source));
        }
    }

    /// <summary>A pattern with a dot is one of full names.</summary>
    private static bool Matches(string pattern, AssemblyMethod method) =>
        FileSystemName.MatchesSimpleExpression(pattern, pattern.Contains('.') ? method.FullName : method.Name, ignoreCase: false);

    private static UnitDeclaration Declare(FactoryItem item, AssemblyMethod method, string path, string file, IReadOnlyDictionary<string, string> mark)
    {
        Dictionary<string, string> all = new(item.Metadata, StringComparer.OrdinalIgnoreCase);
        all.Remove(Methods);
        foreach ((string key, string text) in mark)
        {
            all[key] = text;
        }

        all["Assembly"] = LiteralText.Value(path);
        all["Method"] = LiteralText.Value(method.FullName);
        return new UnitDeclaration(LiteralText.NoPattern(LiteralText.Value(method.FullName)), all, item.Source, new UnitOrigin(file, [.. method.Path]));
    }
}
