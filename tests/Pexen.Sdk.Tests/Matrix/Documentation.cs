using System.Text;

namespace Pexen.Sdk.Tests.Matrix;

/// <summary>docs/matrix.md: every cell a test or a sentence why not.</summary>
internal static class Documentation
{
    public static string Text()
    {
        List<string> sentences = [.. Cell.All.Select(Impossible.Why).OfType<string>().Distinct()];
        var text = new StringBuilder();
        text.AppendLine($"""
            # The matrix

            How a project gets Pexen.Sdk, how many target frameworks it has, how the build gets to it, what is asked, and how MSBuild is told to work:
            {Cell.All.Count} cells, of which {Cell.Possible.Count} are tests and the others have a sentence why not. This file is written by
            `tests/Pexen.Sdk.Tests/Matrix`; a test fails when it is not as the code says (`PEXEN_WRITE_MATRIX=1` writes it anew).

            * **x**: runs in `.ci/run`. These {Cell.Pairwise.Count} hold every two values that go together at least once.
            * x: runs by `build/full`, which runs everything.
            * a number: the sentence below.

            "Runs" are the phases due; a unit of the project runs once in each, one with `RunPer="TargetFramework"` once in each framework named
            (`{DuePhase.NoFramework}`: a project without one). Each test checks the exit code, how often each unit ran, the records, that what units
            made before the build was compiled, and that no warning was given but those named. In the solution and by reference a second project
            refers to the one with the units; by reference the command names only that second project.

            """);
        foreach ((string sentence, int index) in sentences.Select((sentence, index) => (sentence, index)))
        {
            text.AppendLine($"{index + 1}. {sentence}");
        }

        foreach (IGrouping<Way, Cell> way in Cell.All.GroupBy(cell => cell.Way))
        {
            AppendTable(text, way, sentences);
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static void AppendTable(StringBuilder text, IGrouping<Way, Cell> way, List<string> sentences)
    {
        IEnumerable<string> options = Enum.GetValues<Switch>().Select(Words.Of);
        text.AppendLine().AppendLine($"## {char.ToUpperInvariant(Words.Of(way.Key)[0])}{Words.Of(way.Key)[1..]}").AppendLine()
            .AppendLine($"| frameworks | reached | asked | {string.Join(" | ", options)} | runs |")
            .AppendLine($"|---|---|---|{string.Concat(options.Select(_ => "---|"))}---|");
        foreach (var row in way.GroupBy(cell => (cell.Frameworks, cell.Reach, cell.Verb)))
        {
            IEnumerable<string> cells = row.Select(cell => Impossible.Why(cell) is string sentence ? $"{sentences.IndexOf(sentence) + 1}" : Cell.Pairwise.Contains(cell) ? "**x**" : "x");
            IEnumerable<string> runs = row.Where(cell => Impossible.Why(cell) is null).GroupBy(cell => Expectation.Of(cell).ToString())
                .Select((same, index) => index == 0 ? same.Key : $"with {string.Join(", ", same.Select(cell => Words.Of(cell.Switch)))}: {same.Key}");
            text.AppendLine($"| {Words.Of(row.Key.Frameworks)} | {Words.Of(row.Key.Reach)} | {Words.Of(row.Key.Verb)} | {string.Join(" | ", cells)} | {string.Join(". ", runs)} |");
        }
    }
}
