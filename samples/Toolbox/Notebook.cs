using System.Text.RegularExpressions;
using Pexen;

namespace Toolbox;

/// <summary>A folder of notes, and the units that look after it.</summary>
internal sealed partial class Notebook(string folder)
{
    public IEnumerable<Unit> Units() =>
    [
        // Finds the notes once; everybody who requires "notes" inherits them.
        Unit.Create("find", context =>
        {
            string[] files = [.. Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal)];
            context.Shared["files"] = files;
            return $"{files.Length} notes";
        }) with { Provides = ["notes 1.0"] },

        // These three read at the same time, as far as the disk has tokens.
        Unit.Create("words", async context =>
        {
            int words = 0;
            foreach (string file in Files(context))
            {
                words += (await File.ReadAllTextAsync(file, context.CancellationToken)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
            }

            context.Shared["words"] = words;
            return $"{words} words";
        }) with { Requires = ["notes [1,2)"], Uses = ["disk"], Timeout = TimeSpan.FromMinutes(1) },

        Unit.Create("titles", context =>
        {
            string[] titles = [.. Files(context).Select(file => File.ReadLines(file).First().TrimStart('#', ' '))];
            context.Shared["titles"] = titles;
            foreach (string title in titles)
            {
                context.Results.Add(title, title.Length <= (int)context.Shared["longest"]! ? "pass" : "warn", $"{title.Length} letters");
            }

            return $"{titles.Length} titles";
        }) with { Requires = ["notes"], Uses = ["disk"] },

        // Fails where a link leads nowhere. It has looked at all of them all the same, so the index is made: a controlled failure.
        Unit.Create("links", context =>
        {
            foreach (string file in Files(context))
            {
                foreach (Match link in Link().Matches(File.ReadAllText(file)))
                {
                    string target = link.Groups[1].Value;
                    context.Results.Add(Path.GetFileName(file), File.Exists(Path.Combine(folder, target)) ? "pass" : "fail", target);
                }
            }

            int broken = context.Results.Count(result => result.Status == "fail");
            return broken == 0 ? "all links lead somewhere" : throw new ControlledFailureException($"{broken} broken") { Details = broken };
        }) with { Requires = ["notes"], Uses = ["disk"] },

        // A method in a process of its own: it may crash or hang without harm to the others.
        Unit.Method("longword", LongestWord.InFolder, folder) with { Requires = ["notes"], Uses = ["disk"], Timeout = TimeSpan.FromMinutes(1) },

        // Writes alone; says what it knows of everybody.
        Unit.Create("index", context =>
        {
            string[] lines = [.. (string[])context.Shared["titles"]!, $"{context.Shared["words"]} words, the longest of them {context.Shared["return"]}"];
            File.WriteAllLines(Path.Combine(folder, "index.txt"), lines);
            return $"{lines.Length} lines";
        }) with { Requires = ["words", "titles", "links", "longword"], Claims = ["disk"] },

        // A program of somebody else's.
        Unit.Process("sort", "sort", "index.txt") with { Requires = ["index"], Uses = ["disk"], WorkingDirectory = folder },

        Unit.Milestone("done") with { Requires = ["sort"] },
    ];

    private static string[] Files(UnitContext context) => (string[])context.Shared["files"]!;

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();
}
