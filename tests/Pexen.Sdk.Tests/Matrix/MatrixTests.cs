using System.Text.Json;
using System.Text.RegularExpressions;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Matrix;

[TestClass]
[TestCategory("EndToEnd")]
public sealed partial class MatrixTests : EndToEnd
{
    private const string Everything = "PEXEN_FULL";

    public static IEnumerable<object[]> Pairwise => Cell.Pairwise.Select(cell => new object[] { cell.ToString() });

    /// <summary>All the others, or those that PEXEN_CELLS (a regular expression) picks of all, or in place of them one that says that they are left out.</summary>
    public static IEnumerable<object[]> Others =>
        Environment.GetEnvironmentVariable("PEXEN_CELLS") is { Length: > 0 } picked ? Cell.Possible.Where(cell => Regex.IsMatch(cell.ToString(), picked)).Select(cell => new object[] { cell.ToString() })
        : Environment.GetEnvironmentVariable(Everything) == "1" ? Cell.Possible.Except(Cell.Pairwise).Select(cell => new object[] { cell.ToString() })
        : [[LeftOut]];

    private static string LeftOut => $"{Cell.Possible.Count - Cell.Pairwise.Count} further cells";

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DynamicData(nameof(Pairwise))]
    public void EveryTwoValues_MeetInACellThatHolds(string cell) => Check(Cell.Possible.First(one => one.ToString() == cell));

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DynamicData(nameof(Others))]
    public void AllOtherCells_Hold(string cell)
    {
        if (cell == LeftOut)
        {
            Assert.Inconclusive($"{cell} of docs/matrix.md are left out here: they take hours. build/full runs them by setting {Everything}=1");
        }

        Check(Cell.Possible.First(one => one.ToString() == cell));
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

        if (Commands.ResponseFile(cell) is string options)
        {
            Sandbox.With("Directory.Build.rsp", options);
        }

        BuildRun run = Sandbox.RunAsIs([.. Commands.Of(cell)]);
        string output = Colour().Replace(run.Output, "");
        string said = $"{cell}: dotnet {string.Join(' ', Commands.Of(cell))}\n{output}";
        List<string> ran = File.Exists(Ran) ? [.. File.ReadLines(Ran)] : [];

        Assert.AreEqual(0, run.ExitCode, said);
        Assert.AreEqual(Lines(expected.Runs), Lines(ran), said);
        Assert.IsTrue(expected.Phases.All(phase => phase.IsInOrder(ran)), $"{string.Join(", ", ran)}\n{said}");
        Assert.AreEqual(Lines(expected.Records), Lines(Records()), said);
        Assert.AreEqual(Lines(expected.Warnings), Lines(Warning().Matches(output).Select(match => match.Groups[1].Value).Distinct()), said);
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
