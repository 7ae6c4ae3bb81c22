using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.BadInput;

/// <summary>All mistakes of <see cref="PlanRows"/> in one project, built once: they must be found together, each with its place, and nothing may start.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed class PlanProblemTests
{
    private const string Project = "bad/bad.proj";

    private static Sandbox? _sandbox;
    private static BuildRun? _run;

    public static IEnumerable<object[]> Rows => PlanRows.All.Select(row => new object[] { row });

    [ClassInitialize]
    public static void BuildOnce(TestContext context)
    {
        _ = context;
        _sandbox = new Sandbox("plan-problems")
            .With("bad/steps/one.glob", "")
            .WithUnits(Project, string.Join('\n', [PlanRows.Witness, .. PlanRows.All.Select(row => row.Xml).Where(xml => xml.Length > 0)]), PlanRows.PropertyXml);
        _run = _sandbox.Build(Project);
    }

    [ClassCleanup]
    public static void Remove() => _sandbox?.Dispose();

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Mistake_GetsItsCodeWithValueFileAndLine(BadRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        SaidDiagnostic? said = _run!.Diagnostics.FirstOrDefault(one => IsOf(row, one));

        Assert.IsNotNull(said, $"no {row.Code} that says {string.Join(" and ", row.Says)} in\n{_run.Output}");
        Assert.AreEqual("error", said.Severity);
        Assert.AreEqual(_sandbox![Project], said.File);
        Assert.AreEqual(row.At.Length == 0 ? 0 : _sandbox.LineOf(Project, row.At), said.Line, said.Message);
    }

    [TestMethod]
    public void ManyMistakes_FailTheBuildBeforeAnythingStarts()
    {
        Assert.AreNotEqual(0, _run!.ExitCode);
        Assert.DoesNotContain("MSB4181", _run.Output);
        Assert.IsEmpty(_run.Summaries);
        Assert.IsFalse(File.Exists(_sandbox!["bad/started"]), "a unit ran");
        string records = _sandbox["bad/obj/pexen"];
        Assert.IsTrue(!Directory.Exists(records) || Directory.GetFiles(records, "*", SearchOption.AllDirectories).Length == 0, "a run left something");
    }

    [TestMethod]
    public void ManyMistakes_GetNoOtherErrorsThanTheirs()
    {
        string[] strangers = [.. _run!.Diagnostics
            .Where(said => said.Severity == "error" && !PlanRows.All.Any(row => IsOf(row, said)))
            .Where(said => !said.Message.Contains("listed1", StringComparison.Ordinal))
            .Select(said => said.ToString())];

        Assert.IsEmpty(strangers, string.Join('\n', strangers));
    }

    private static bool IsOf(BadRow row, SaidDiagnostic said) =>
        said.Code == row.Code
        && (row.Unit.Length == 0 || said.Message.Contains($"\"{row.Unit}\"", StringComparison.Ordinal) || row.Code == "PEX1004")
        && row.Says.All(text => said.Message.Contains(text, StringComparison.Ordinal));
}
