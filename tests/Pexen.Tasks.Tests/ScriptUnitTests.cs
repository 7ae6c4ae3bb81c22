using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Planning;
using Pexen.Tasks.Factories;

namespace Pexen.Tasks.Tests;

/// <summary>Trees of scripts as units: which files, in what order, with what metadata.</summary>
[TestClass]
public sealed class ScriptUnitTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pexen-scripts-").FullName;

    [TestCleanup]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [TestCategory("PX-40")]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void Tree_GivesItsExecutableFilesTopDown()
    {
        Write("steps/b.sh");
        Write("steps/sub/a.sh");
        Write("steps/sub/deep/z.sh");
        Write("steps/Z.sh");
        Write("steps/data.txt", executable: false);
        Write("steps/.hidden.sh");
        Write("steps/.git/hook.sh");
        Write("elsewhere/behind.sh");
        File.CreateSymbolicLink(Path.Combine(_folder, "steps/link.sh"), "../elsewhere/behind.sh");
        File.CreateSymbolicLink(Path.Combine(_folder, "steps/broken.sh"), "nowhere.sh");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "steps/linked"), "../elsewhere");

        Assert.AreEqual("steps/Z.sh steps/b.sh steps/link.sh steps/sub/a.sh steps/sub/deep/z.sh", Names(Expand("steps")));
        Assert.AreEqual(
            "steps/Z.sh steps/b.sh steps/link.sh steps/linked/behind.sh steps/sub/a.sh steps/sub/deep/z.sh",
            Names(Expand("steps", ("FollowLinks", "true"))));
    }

    [TestMethod]
    [TestCategory("PX-41")]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void Unit_KnowsThePartsOfItsPathAndRunsInItsFolder()
    {
        Write("steps/net/up;1%.sh");
        UnitDeclaration unit = Expand("steps", ("Timeout", "5s")).Single();

        List<Diagnostic> problems = [];
        UnitDefinition definition = new UnitReader(new ProjectSettings { MaxParallel = 1 }, _folder, new PhaseRun(Phases.AfterBuild, RunPer.Project), problems).Read(unit)!;

        Assert.AreEqual("steps/net/up;1%.sh", definition.Origin!.File);
        Assert.AreEqual("steps|net|up;1%.sh", string.Join('|', definition.Origin.Path));
        Assert.AreEqual("steps/net/up;1%.sh", ((ScriptWork)definition.Work).File);
        Assert.AreEqual(Path.Combine(_folder, "steps/net"), definition.WorkingDirectory);
        Assert.AreEqual(TimeSpan.FromSeconds(5), definition.Timeout);
        Diagnostic problem = problems.Single();
        Assert.AreEqual($"PEX1006 {Path.Combine(_folder, "steps/net/up;1%.sh")} 1", $"{problem.Code} {problem.Location!.File} {problem.Location.Line}", "such a path is no name");
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void CommentLines_AreMetadataAndWinOverTheItem()
    {
        Write("steps/a.sh", text: "#!/bin/sh\n\n#pexen: Requires=db; net 1.2;Timeout = 90s\n// PEXEN:  Requires=third\r\nrem pexen: FailureHint=a%3B b = c\n:: pexen: Name=renamed\necho '# pexen'\n");

        UnitDeclaration unit = Expand("steps", ("Timeout", "5s"), ("Phase", "BeforeBuild")).Single();

        Assert.AreEqual("db;net 1.2;third", unit.Metadata["Requires"]);
        Assert.AreEqual("90s", unit.Metadata["timeout"]);
        Assert.AreEqual("BeforeBuild", unit.Metadata["Phase"]);
        Assert.AreEqual("a%3B b = c", unit.Metadata["FailureHint"]);
        Assert.AreEqual("renamed", unit.Metadata["Name"]);
        Assert.AreEqual(3, unit.Source.Line);
    }

    [TestMethod]
    [DataRow("# pexen:", "A line is")]
    [DataRow("# pexen: ;;", "A line is")]
    [DataRow("# pexen: alone", "'alone' has no name")]
    [DataRow("# pexen: 1x=2", "'1x' is no name")]
    [DataRow("# pexen: =2", "'' is no name")]
    [DataRow("# pexen: Timeout=1s; Timeout=2s", "Timeout has one value")]
    [DataRow("# pexen: Timeout=1s; 2s", "Timeout has one value")]
    [DataRow("# pexen: script=other.sh", "everything but script")]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void CommentLineThatMakesNoSense_IsSaidWithFileAndLine(string line, string says)
    {
        Write("steps/a.sh", text: $"#!/bin/sh\n{line}\n");
        List<Diagnostic> problems = [];

        Expand("steps", problems);

        Diagnostic problem = problems.Single();
        Assert.AreEqual($"PEX1006 {Path.Combine(_folder, "steps/a.sh")} 2", $"{problem.Code} {problem.Location!.File} {problem.Location.Line}");
        Assert.Contains(says, problem.Message);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void ElementsOfTheProject_StayInTheirOrder()
    {
        Write("b/1.sh");
        Write("a/1.sh");
        Write("a/in/1.sh");
        List<UnitDeclaration> units = [];

        ScriptUnits.Expand([.. Items("b"), .. Items("a")], _folder, units, []);

        Assert.AreEqual("b/1.sh a/1.sh a/in/1.sh", Names(units));
    }

    [TestMethod]
    public void NothingExecutable_IsAMessage()
    {
        Write("steps/a.txt", executable: false);
        List<Diagnostic> problems = [];

        Assert.IsEmpty(Expand("steps", problems));

        Assert.AreEqual("PEX2004 Message", $"{problems.Single().Code} {problems[0].Severity}");
    }

    [TestMethod]
    public void FileThatIsNotThere_IsAnError()
    {
        List<Diagnostic> problems = [];

        ScriptUnits.Expand([new FactoryItem(ScriptUnits.ItemType, "no.sh", "", ImmutableDictionary<string, string>.Empty, new SourceLocation("/p.csproj"))], _folder, [], problems);

        Assert.AreEqual("PEX1006", problems.Single().Code);
        Assert.Contains("no.sh", problems[0].Message);
    }

    private static string Names(IEnumerable<UnitDeclaration> units) => string.Join(' ', units.Select(UnitReader.NameOf));

    private List<UnitDeclaration> Expand(string top, params (string Name, string Value)[] metadata)
    {
        List<Diagnostic> problems = [];
        List<UnitDeclaration> units = Expand(top, problems, metadata);
        Assert.IsEmpty(problems, string.Join('\n', problems));
        return units;
    }

    private List<UnitDeclaration> Expand(string top, List<Diagnostic> problems, params (string Name, string Value)[] metadata)
    {
        List<UnitDeclaration> units = [];
        ScriptUnits.Expand([.. Items(top, metadata)], _folder, units, problems);
        return units;
    }

    /// <summary>What MSBuild makes of <c>top/**</c>, in an order that no disk has.</summary>
    private IEnumerable<FactoryItem> Items(string top, params (string Name, string Value)[] metadata)
    {
        Dictionary<string, string> shared = metadata.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        return Directory.EnumerateFiles(Path.Combine(_folder, top), "*", SearchOption.AllDirectories)
            .OrderDescending(StringComparer.Ordinal)
            .Select(file => Path.GetRelativePath(_folder, file))
            .Select(file => new FactoryItem(ScriptUnits.ItemType, file, file[(top.Length + 1)..^Path.GetFileName(file).Length], shared, new SourceLocation("/p.csproj")));
    }

    private void Write(string path, bool executable = true, string text = "#!/bin/sh\n")
    {
        string full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        if (executable && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(full, File.GetUnixFileMode(full) | UnixFileMode.UserExecute);
        }
    }
}
