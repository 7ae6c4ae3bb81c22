using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Tasks.Factories;

/// <summary>The units that the files of <c>PexenScripts</c> are: every executable one, run in its own folder.</summary>
internal static class ScriptUnits
{
    public const string ItemType = "PexenScripts";

    /// <summary>Says something about the tree, not about a unit.</summary>
    private const string FollowLinks = "FollowLinks";

    public static void Expand(IReadOnlyList<FactoryItem> items, string projectDirectory, List<UnitDeclaration> units, ICollection<Diagnostic> problems)
    {
        for (int from = 0; from < items.Count;)
        {
            string top = TopOf(items[from]);
            int to = from + 1;
            while (to < items.Count && TopOf(items[to]) == top && IsOfOneElement(items[from], items[to]))
            {
                to++;
            }

            ExpandTree([.. items.Skip(from).Take(to - from)], projectDirectory, units, problems);
            from = to;
        }
    }

    /// <summary>What one pattern found: the files of a folder before those of the folders in it, both in ordinal order.</summary>
    private static void ExpandTree(List<FactoryItem> items, string projectDirectory, List<UnitDeclaration> units, ICollection<Diagnostic> problems)
    {
        FactoryItem first = items[0];
        bool followLinks = false;
        if (first.Metadata.TryGetValue(FollowLinks, out string? given) && given.Trim().Length > 0 && !bool.TryParse(given.Trim(), out followLinks))
        {
            problems.Add(Diagnostics.BadValue($"{ItemType} \"{first.Include}\"", FollowLinks, given, "Allowed are true and false", null, first.Source));
        }

        Dictionary<string, string> shared = first.Metadata
            .Where(pair => !pair.Key.Equals(FollowLinks, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        int before = units.Count;
        foreach (FactoryItem item in items.OrderBy(item => item, TopDownOrder.Instance))
        {
            string path = Path.GetFullPath(item.Include.Replace('\\', '/'), projectDirectory);
            if (!File.Exists(path) && item.Below.Length == 0)
            {
                problems.Add(Diagnostics.FactoryFileNotRead(ItemType, item.Include, "it does not exist.", item.Source));
            }
            else if (ScriptFile.IsUnit(path, item.Below, followLinks))
            {
                units.Add(Declare(path, item, shared, projectDirectory, problems));
            }
        }

        if (units.Count == before && !problems.Any(problem => problem.Severity == Severity.Error))
        {
            problems.Add(Diagnostics.FactoryGaveNothing(ItemType, items.Count == 1 ? first.Include : $"{TopOf(first)}…", "no file that it names is executable", first.Source));
        }
    }

    private static UnitDeclaration Declare(
        string path, FactoryItem item, Dictionary<string, string> shared, string projectDirectory, ICollection<Diagnostic> problems)
    {
        string named = NamedFile.Of(path, projectDirectory);
        // Outside the project's folder no path that leads there is a name; the part that the wildcard found is.
        string name = Path.IsPathRooted(named) ? (item.Below + Path.GetFileName(path)).Replace('\\', '/') : named;
        ScriptComments comments = ScriptComments.Read(path, name, problems);
        Dictionary<string, string> all = new(shared, StringComparer.OrdinalIgnoreCase);
        foreach ((string key, string text) in comments.Metadata)
        {
            all[key] = text;
        }

        all["Script"] = LiteralText.Value(named);
        if (string.IsNullOrWhiteSpace(all.GetValueOrDefault("WorkingDirectory")))
        {
            all["WorkingDirectory"] = LiteralText.Value(Path.GetDirectoryName(path)!);
        }

        return new UnitDeclaration(
            LiteralText.NoPattern(LiteralText.Value(name)),
            all,
            new SourceLocation(path, comments.Line),
            new UnitOrigin(named, [.. name.Split('/')]));
    }

    /// <summary>What is fixed in the pattern.</summary>
    private static string TopOf(FactoryItem item)
    {
        string include = item.Include.Replace('\\', '/');
        string found = item.Below.Replace('\\', '/') + Path.GetFileName(include);
        return include.EndsWith(found, StringComparison.Ordinal) ? include[..^found.Length] : Path.GetDirectoryName(include) ?? "";
    }

    private static bool IsOfOneElement(FactoryItem one, FactoryItem other) =>
        one.Source.File == other.Source.File
        && one.Metadata.Count == other.Metadata.Count
        && one.Metadata.All(pair => other.Metadata.TryGetValue(pair.Key, out string? value) && value == pair.Value);
}
