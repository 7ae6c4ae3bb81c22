using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Pexen.Engine.Tests.Architecture;

/// <summary>A code without a page is a help link that leads nowhere; a page without a code is a promise.</summary>
[TestClass]
public sealed partial class DiagnosticPagesTests
{
    private static readonly string Root = Path.GetFullPath("../../..", Path.GetDirectoryName(ThisFile())!);

    [TestMethod]
    public void EveryCodeOfTheSource_HasAPageThatBeginsWithIt()
    {
        string[] withoutPage = [.. CodesOfSource().Where(code => !Title(code).StartsWith($"# {code}: ", StringComparison.Ordinal))];

        Assert.IsEmpty(withoutPage, string.Join(", ", withoutPage));
    }

    [TestMethod]
    public void EveryPage_IsOfACodeOfTheSource()
    {
        HashSet<string> codes = [.. CodesOfSource()];
        string[] withoutCode = [.. Directory.EnumerateFiles(Path.Combine(Root, "docs", "diagnostics"), "PEX*.md").Select(page => Path.GetFileNameWithoutExtension(page)).Where(code => !codes.Contains(code))];

        Assert.IsEmpty(withoutCode, string.Join(", ", withoutCode));
    }

    private static string Title(string code)
    {
        string page = Path.Combine(Root, "docs", "diagnostics", code + ".md");
        return File.Exists(page) ? File.ReadLines(page).First() : "";
    }

    private static IEnumerable<string> CodesOfSource() =>
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".targets" or ".props" && !IsMade(file))
            .SelectMany(file => Code().Matches(File.ReadAllText(file)).Select(match => match.Value))
            .Distinct();

    private static bool IsMade(string file) => file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

    private static string ThisFile([CallerFilePath] string file = "") => file;

    [GeneratedRegex("PEX[1-9][0-9]{3}")]
    private static partial Regex Code();
}
