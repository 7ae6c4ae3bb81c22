using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Samples;

/// <summary>The blocks of code in a README of this repository.</summary>
internal static class ReadmeText
{
    /// <summary>The first block of a language after a heading; no language is a block of output.</summary>
    public static string Block(string file, string heading, string language, int skip = 0)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, file)).ReplaceLineEndings("\n");
        string[] parts = text[text.IndexOf(heading, StringComparison.Ordinal)..].Split("\n```");
        // Every second part is inside of a fence; it begins with the language.
        return parts.Where((_, index) => index % 2 == 1).Where(part => part.StartsWith(language + "\n", StringComparison.Ordinal)).ElementAt(skip)[(language.Length + 1)..];
    }

    /// <summary>Every line of a block was printed, as far as it does not differ each time: times, commits and paths come after a bar, a zero or an ellipsis.</summary>
    public static void AssertPrinted(string block, BuildRun run)
    {
        string[] printed = [.. run.Output.Split('\n').Select(line => line.Trim())];
        foreach (string line in block.Split('\n').Select(line => line.Trim()))
        {
            string words = line.Split(['|', '0', '…'])[0].Split(" in ")[0].Split(" from ")[0];
            Assert.IsTrue(printed.Any(text => text.StartsWith(words, StringComparison.Ordinal)), $"'{words}' is not in\n{run.Output}");
        }
    }
}
