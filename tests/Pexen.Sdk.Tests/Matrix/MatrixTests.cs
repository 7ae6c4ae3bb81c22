using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Matrix;

[TestClass]
[TestCategory("EndToEnd")]
public sealed partial class MatrixTests : EndToEnd
{
    private const string Everything = "PEXEN_FULL";

    public static IEnumerable<object[]> Pairwise => Cell.Pairwise.Select(cell => new object[] { cell });

    /// <summary>All the others, or null in place of them where only the selection is due.</summary>
    public static IEnumerable<object?[]> Others =>
        Environment.GetEnvironmentVariable(Everything) == "1" ? Cell.Possible.Except(Cell.Pairwise).Select(cell => new object?[] { cell }) : [[null]];

    public static string NameOf(MethodInfo method, object?[] data) => data is [Cell cell] ? $"{method?.Name}: {cell}" : $"{method?.Name}";

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DynamicData(nameof(Pairwise), DynamicDataDisplayName = nameof(NameOf))]
    public void EveryTwoValues_MeetInACellThatHolds(Cell cell) => Check(cell);

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DynamicData(nameof(Others), DynamicDataDisplayName = nameof(NameOf))]
    public void AllOtherCells_Hold(Cell? cell)
    {
        if (cell is null)
        {
            Assert.Inconclusive($"{Cell.Possible.Count - Cell.Pairwise.Count} further cells were left out: they take hours and run by build/full, which sets {Everything}=1");
        }

        Check(cell);
    }

    private void Check(Cell cell)
    {
        var expected = Expectation.Of(cell);
        Shapes.CopyTo(Sandbox, Shape.Of(cell), TestContext);
        if (Commands.Before(cell) is IReadOnlyList<string> before)
        {
            Sandbox.RunAsIs([.. before]).Succeeded();
            File.Delete(Ran);
        }

        BuildRun run = Sandbox.RunAsIs([.. Commands.Of(cell)]);
        string said = $"{cell}: dotnet {string.Join(' ', Commands.Of(cell))}\n{run.Output}";

        Assert.AreEqual(0, run.ExitCode, said);
        Assert.AreEqual(Lines(expected.Runs), Lines(File.Exists(Ran) ? File.ReadLines(Ran) : []), said);
        Assert.AreEqual(Lines(expected.Records), Lines(Records()), said);
        Assert.AreEqual(Lines(expected.Warnings), Lines(Warning().Matches(Colour().Replace(run.Output, "")).Select(match => match.Groups[1].Value).Distinct()), said);
        if (cell.Verb == Verb.Clean)
        {
            Assert.IsFalse(File.Exists(Sandbox["units/gen/Made.cs"]), said);
        }

        if (cell.Switch == Switch.BinaryLog)
        {
            Assert.IsTrue(File.Exists(Sandbox["cell.binlog"]), said);
        }
    }

    private string Ran => Sandbox["units/ran.txt"];

    /// <summary>The records below the output directory, whatever the configuration, with units and outcomes; those of earlier runs are history.</summary>
    private IEnumerable<string> Records() =>
        from project in new[] { "units", "app", "other" }
        let root = Sandbox[$"{project}/obj/pexen"]
        where Directory.Exists(root)
        from file in Directory.EnumerateFiles(root, "run*.json", SearchOption.AllDirectories)
        let parts = Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Split(Path.DirectorySeparatorChar)
        where !parts.Contains("history")
        from unit in JsonDocument.Parse(File.ReadAllBytes(file)).RootElement.GetProperty("units").EnumerateArray()
        select $"{string.Join('/', parts.Skip(1))}: {unit.GetProperty("name").GetString()} {unit.GetProperty("outcome").GetString()}";

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\bwarning ([A-Z]*\d*)\s*:", RegexOptions.IgnoreCase)]
    private static partial Regex Warning();

    [GeneratedRegex("\e\\[[0-9;?]*[A-Za-z]|\e\\][^\e]*\e\\\\")]
    private static partial Regex Colour();
}
