using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.BadInput;

/// <summary>Mistakes that only show when the unit is to run: one project, built once; each fails its own unit and no other.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed class StartProblemTests
{
    private const string Project = "bad/bad.proj";

    private static readonly BadRow[] All =
    [
        new("a program that is not on PATH", """<PexenUnit Include="no-program" Executable="no-such-program" />""", "PEX3003", "no-program", "no-such-program", "PATH"),
        new("a program that is not there", """<PexenUnit Include="no-file" Executable="bin/none" />""", "PEX3003", "no-file", "bin/none", "does not exist"),
        new("a program that is a folder", """<PexenUnit Include="folder" Executable="./steps" />""", "PEX3003", "folder", "steps", "directory"),
        new("a program without run bit", """<PexenUnit Include="no-bit" Executable="./steps/plain.txt" />""", "PEX3003", "no-bit", "plain.txt", "run bit"),
        new("a script that is not there", """<PexenUnit Include="no-script" Script="steps/none.sh" />""", "PEX3003", "no-script", "steps/none.sh", "does not exist"),
        new("a script without run bit and ending", """<PexenUnit Include="no-ending" Script="steps/plain.txt" />""", "PEX3003", "no-ending", "plain.txt", "no run bit and no known ending"),
        new("a script whose interpreter is not there", """<PexenUnit Include="no-interpreter" Script="steps/odd.sh" />""", "PEX3003", "no-interpreter", "/no/such/interpreter"),
        new("a working directory that is not there", """<PexenUnit Include="no-folder" Executable="/bin/true" WorkingDirectory="not/there" />""", "PEX3003", "no-folder", "not/there", "does not exist"),
        new("a working directory that is a file", """<PexenUnit Include="file-folder" Executable="/bin/true" WorkingDirectory="steps/plain.txt" />""", "PEX3003", "file-folder", "plain.txt", "is a file"),
        new("a standard input that is not there", """<PexenUnit Include="no-input" Executable="/bin/cat" StandardInput="none.txt" />""", "PEX3003", "no-input", "none.txt"),
        new("a standard output in a folder that cannot be made", """<PexenUnit Include="no-output" Executable="/bin/echo" StandardOutput="steps/plain.txt/out.txt" />""", "PEX3003", "no-output", "plain.txt"),
        new("a declared output that is not made", """<PexenUnit Include="nothing-made" Executable="/bin/true" Outputs="made.txt;steps/plain.txt" />""", "PEX3006", "nothing-made", "made.txt"),
        new("a declared pattern that nothing answers to", """<PexenUnit Include="no-match" Executable="/bin/true" Outputs="made/**/*.cs" />""", "PEX3006", "no-match", "made/**/*.cs"),
        new("a declared folder that is not there", """<PexenUnit Include="no-made-folder" Executable="/bin/true" Outputs="other/" />""", "PEX3006", "no-made-folder", "other/"),
        new("a unit of a glob", """<PexenUnit Include="steps/*.glob" Executable="/bin/false" />""", "PEX3001", "steps/one.glob", "exit code 1") { At = "" },
    ];

    private static Sandbox? _sandbox;
    private static BuildRun? _run;

    public static IEnumerable<object[]> Rows => All.Select(row => new object[] { row });

    [ClassInitialize]
    public static void BuildOnce(TestContext context)
    {
        _ = context;
        _sandbox = new Sandbox("start-problems")
            .With("bad/steps/one.glob", "")
            .With("bad/steps/plain.txt", "plain")
            .With("bad/steps/odd.sh", "#!/no/such/interpreter\n")
            .WithUnits(Project, string.Join('\n', [.. All.Select(row => row.Xml), """<PexenUnit Include="good" Executable="/bin/true" />"""]));
        _run = _sandbox.MSBuild(Project);
    }

    [ClassCleanup]
    public static void Remove() => _sandbox?.Dispose();

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Mistake_FailsItsUnitWithCodeValueAndLine(BadRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        SaidDiagnostic? said = _run!.Diagnostics.FirstOrDefault(one => one.Code == row.Code && one.Message.Contains($"'{row.Unit}'", StringComparison.Ordinal));

        Assert.IsNotNull(said, $"no {row.Code} of {row.Unit} in\n{_run.Output}");
        Assert.AreEqual("error", said.Severity);
        Assert.AreEqual(_sandbox![Project], said.File);
        Assert.AreEqual(row.At.Length == 0 ? 0 : _sandbox.LineOf(Project, row.At), said.Line, said.Message);
        foreach (string text in row.Says)
        {
            Assert.Contains(text, said.Message);
        }

        RecordedRun run = _run.Run("bad", "AfterBuild");
        Assert.AreEqual(row.Code, run[row.Unit].GetProperty("code").GetString());
        Assert.AreEqual("Failed", run[row.Unit].GetProperty("outcome").GetString());
    }

    [TestMethod]
    public void Mistakes_DoNotKeepTheOthersFromRunning()
    {
        Assert.AreNotEqual(0, _run!.ExitCode);
        Assert.DoesNotContain("MSB4181", _run.Output);
        Assert.AreEqual("Succeeded", _run.Run("bad", "AfterBuild").OutcomeOf("good"));
        Assert.HasCount(All.Length, _run.Diagnostics.Where(said => said.Severity == "error").ToList(), _run.Output);
    }
}
