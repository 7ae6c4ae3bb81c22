using System.Runtime.CompilerServices;
using NuGet.Versioning;
using Pexen.Planning;

namespace Pexen.Engine.Tests.Planning;

/// <summary>Rule 2: what the table of ranges in the reference says is what is done, row by row.</summary>
[TestClass]
public sealed class VersionTableTests
{
    private static readonly string Reference = Path.GetFullPath("../../../docs/reference.md", Path.GetDirectoryName(ThisFile())!);

    public static IEnumerable<object[]> Rows => File.ReadLines(Reference)
        .SkipWhile(line => line != "### Ranges of versions")
        .SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal))
        .Skip(1)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Select(cells => new object[] { Code(cells[1]).Single(), string.Join(' ', Code(cells[3])), string.Join(' ', Code(cells[4])) });

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void RowOfTheReference_IsTrue(string range, string matching, string others)
    {
        ArgumentNullException.ThrowIfNull(matching);
        ArgumentNullException.ThrowIfNull(others);
        Assert.IsNull(VersionText.ParseRange(range, out VersionRange? read), "it is read");
        foreach (string version in matching.Split(' '))
        {
            Assert.IsTrue(VersionText.Matches(read!, NuGetVersion.Parse(version)), $"{range} takes {version}");
        }

        foreach (string version in others.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.IsFalse(VersionText.Matches(read!, NuGetVersion.Parse(version)), $"{range} does not take {version}");
        }
    }

    [TestMethod]
    public void Table_HasEveryFormThatNuGetHas() => Assert.HasCount(21, Rows.ToList());

    private static IEnumerable<string> Code(string cell) => cell.Split('`').Where((_, i) => i % 2 == 1);

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
