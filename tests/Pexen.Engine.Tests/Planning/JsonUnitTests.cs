using System.Collections.Immutable;
using System.Text;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Engine.Tests.Planning;

/// <summary>Units as JSON: what a manifest and a side file may say, and what is said of what they may not.</summary>
[TestClass]
public sealed class JsonUnitTests
{
    private const string File = "/project/units.json";

    private static readonly IReadOnlyDictionary<string, string> Nothing = ImmutableDictionary<string, string>.Empty;

    [TestMethod]
    [DataRow("""[{"name":"a"},{"name":"b"}]""")]
    [DataRow("{\"name\":\"a\"}\n{\"name\":\"b\"}\n")]
    [DataRow("\n\n{\"NAME\":\"a\"}\r\n{\"Include\":\"b\"}")]
    [DataRow("\uFEFF[\n{\"name\":\"a\", \"timeout\": null},{\"include\":\"x\",\"name\":\"b\"}]")]
    public void ArrayOrLines_AreTheSameUnits(string json)
    {
        (List<UnitDefinition> units, List<Diagnostic> problems) = Define(json);

        Assert.IsEmpty(problems, string.Join('\n', problems));
        Assert.AreEqual("a b", string.Join(' ', units.Select(unit => unit.Name)));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(" \n\t\r\n")]
    [DataRow("[]")]
    public void NothingInTheFile_IsNoUnitAndNoProblem(string json)
    {
        (List<UnitDefinition> units, List<Diagnostic> problems) = Define(json);

        Assert.IsEmpty(units);
        Assert.IsEmpty(problems);
    }

    [TestMethod]
    public void EveryTypeOfValue_IsReadAsTheMetadataMeansIt()
    {
        (List<UnitDefinition> units, List<Diagnostic> problems) = Define("""
            {
              "name": "a", "executable": "/bin/echo", "arguments": ["one;two", "100%41", "", " x ", "\"\"", 7, true],
              "environmentVariables": {"A": "1;2", "B": "%20", "C": 3, "D": ""}, "slots": 2, "cleanOutputs": false,
              "requires": "b; c", "timeout": "90s", "continueOnError": true, "somebodys": ["own"]
            }
            {"name": "b", "command": "date +%Y%m%d; echo a;echo b", "failureHint": "50%25; or so"}
            {"name": "c"}
            """);

        Assert.IsEmpty(problems, string.Join('\n', problems));
        UnitDefinition unit = units[0];
        CollectionAssert.AreEqual(new[] { "one;two", "100%41", "", " x ", "\"\"", "7", "true" }, ((ExecutableWork)unit.Work).Arguments.ToArray());
        Assert.AreEqual("A=1;2 B=%20 C=3 D=", string.Join(' ', unit.Environment.Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.AreEqual(2, unit.Slots);
        Assert.IsFalse(unit.CleanOutputs);
        Assert.AreEqual("b c", string.Join(' ', unit.Requires.Select(one => one.Name)));
        Assert.AreEqual(TimeSpan.FromSeconds(90), unit.Timeout);
        Assert.AreEqual(FailureTolerance.WarnAndContinue, unit.ContinueOnError);
        Assert.AreEqual("date +%Y%m%d; echo a;echo b", ((CommandWork)units[1].Work).Text);
        Assert.AreEqual("50%25; or so", units[1].FailureHint);
    }

    [TestMethod]
    public void UnitOfAFile_KnowsItsLineAndWhereItComesFrom()
    {
        (List<UnitDefinition> units, _) = Define("[\n  {\"name\":\"a\"},\n\n  {\n    \"name\":\"b\"}]");

        Assert.AreEqual("/project/units.json 2, /project/units.json 4", string.Join(", ", units.Select(unit => $"{unit.Source!.File} {unit.Source.Line}")));
        Assert.AreEqual("units.json", units[1].Origin!.File);
        Assert.IsEmpty(units[1].Origin!.Path);
    }

    [TestMethod]
    public void Defaults_HoldWhereTheUnitSaysNothing()
    {
        (List<UnitDefinition> units, List<Diagnostic> problems) = Define(
            """[{"name":"a"},{"name":"b","timeout":"2s","phase":["BeforeBuild","AfterBuild"]}]""",
            new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Timeout"] = "1s", ["Phase"] = "BeforeBuild", ["Provides"] = "x;y" });

        Assert.IsEmpty(problems, string.Join('\n', problems));
        Assert.AreEqual(TimeSpan.FromSeconds(1), units[0].Timeout);
        Assert.AreEqual(TimeSpan.FromSeconds(2), units[1].Timeout);
        Assert.AreEqual("BeforeBuild|BeforeBuild AfterBuild", $"{string.Join(' ', units[0].Phases)}|{string.Join(' ', units[1].Phases)}");
        Assert.AreEqual("b x y", string.Join(' ', units[1].Provides.Select(one => one.Name)));
    }

    [TestMethod]
    [DataRow("name: a", 1, 2, "is not JSON")]
    [DataRow("[{\"name\":\"a\"},\n {\"name\": b}]", 2, 11, "is not JSON")]
    [DataRow("[{\"name\":\"a\"},\n {\"name\":\"b\"", 2, 0, "is not JSON")]
    [DataRow("[{\"name\":\"a\"},]", 1, 15, "is not JSON")]
    [DataRow("[\n7, {\"name\":\"a\"}]", 2, 0, "a number where a unit was expected")]
    [DataRow("[\n[{\"name\":\"no\"}], {\"name\":\"a\"}]", 2, 0, "an array where a unit was expected")]
    [DataRow("{\"name\":\"a\"}\n{\"command\":\"x\"}", 2, 0, "neither \"name\" nor \"include\"")]
    [DataRow("{\"name\":\"a\"}\n{\"name\":\" \"}", 2, 0, "neither \"name\" nor \"include\"")]
    [DataRow("{\"name\":\"a\",\n\"timeout\":[\"5s\"]}", 2, 0, "Unit \"a\": an array is no value for \"Timeout\". Allowed is a text, a number, true or false.")]
    [DataRow("{\"name\":\"a\",\n\"Requires\":{\"b\":[1,{}]}}", 2, 0, "an object is no value for \"Requires\"")]
    [DataRow("{\"name\":\"a\",\n\"requires\":[[1],\n{\"x\":[]},null]}", 2, 0, "an array is no value for \"Requires\"")]
    [DataRow("{\"name\":\"a\",\n\"environmentVariables\":{\"B\":{\"c\":1}}}", 2, 0, "an object is no value for \"EnvironmentVariables\"")]
    [DataRow("{\"name\":\"a\",\"timeout\":\"5s\",\n\"Timeout\":\"6s\"}", 2, 0, "\"Timeout\" is given twice")]
    [DataRow("{\"name\":\"a\",\"timeout\":90}", 1, 0, "write 90s for seconds")]
    [DataRow("{\"name\":\"a b\"}\n{\"name\":\"a\"}", 1, 0, "letters and digits")]
    [DataRow("{\"name\":\"a\"}\n{\"name\":\"a*\"}", 2, 0, "letters and digits")]
    public void Mistake_IsSaidWithFileAndLineAndTheRestIsRead(string json, int line, int column, string says)
    {
        (List<UnitDefinition> units, List<Diagnostic> problems) = Define(json);

        Diagnostic problem = problems[0];
        Assert.AreEqual("PEX1006", problem.Code);
        Assert.AreEqual(File, problem.Location!.File);
        Assert.AreEqual(line, problem.Location.Line, problem.Message);
        Assert.Contains(says, problem.Message);
        if (column > 0)
        {
            Assert.AreEqual(column, problem.Location.Column, problem.Message);
        }

        Assert.IsTrue(units.Any(unit => unit.Name == "a") || json[0] == 'n', "the others are there");
    }

    [TestMethod]
    public void MisspeltKey_IsToldWithTheNearestNameAndTheLineOfItsUnit()
    {
        (_, List<Diagnostic> problems) = Define("[{\"name\":\"x\"},\n{\"name\":\"a\", \"requries\": [\"x\"]}]");

        Assert.AreEqual("PEX2002", problems.Single().Code);
        Assert.Contains("\"Requires\"", problems[0].Message);
        Assert.AreEqual(2, problems[0].Location!.Line);
    }

    [TestMethod]
    public void Cycle_PointsToTheLineOfItsFirstUnit()
    {
        (List<UnitDefinition> units, _) = Define("{\"name\":\"x\"}\n{\"name\":\"a\",\"requires\":[\"b\"]}\n{\"name\":\"b\",\"requires\":[\"a\"]}");

        PlanResult result = Planner.Plan(new PlanRequest { Units = [.. units], Run = Declare.AfterBuild, ProjectDirectory = Declare.ProjectDirectory, MaxParallel = 2 });

        Diagnostic cycle = result.Diagnostics.Single();
        Assert.AreEqual("PEX1004", cycle.Code);
        Assert.AreEqual("/project/units.json 2", $"{cycle.Location!.File} {cycle.Location.Line}");
    }

    [TestMethod]
    public void MoreMistakesThanAnybodyReads_AreCutOff()
    {
        List<Diagnostic> problems = [];
        Read(string.Concat(Enumerable.Repeat("7\n", 10_000)), problems);

        Assert.IsInRange(100, 110, problems.Count);
        Assert.Contains("the rest of it was not looked at", problems[^1].Message);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(7)]
    [DataRow(65_536)]
    public void PiecesOfAnyLength_GiveTheSameUnits(int piece)
    {
        string json = "[" + string.Join(",\n", Enumerable.Range(0, 3_000).Select(i => $$"""{"name":"ünit{{i}}","requires":["a;{{i}}"],"command":"{{new string('x', i)}}"}""")) + "]";
        List<Diagnostic> problems = [];

        List<UnitDeclaration> units = new JsonUnitReader(File, null, Nothing, problems).Read(new Slow(Encoding.UTF8.GetBytes(json), piece));

        Assert.IsEmpty(problems, string.Join('\n', problems));
        Assert.HasCount(3_000, units);
        Assert.AreEqual("ünit2999 a%3B2999 2999 3000", $"{units[^1].Include} {units[^1].Metadata["requires"]} {units[^1].Metadata["Command"].Length} {units[^1].Source.Line}");
    }

    [TestMethod]
    public void AMillionUnits_AreRead()
    {
        List<Diagnostic> problems = [];

        List<UnitDeclaration> units = new JsonUnitReader(File, null, Nothing, problems).Read(new Million());

        Assert.IsEmpty(problems);
        Assert.HasCount(1_000_000, units);
        Assert.AreEqual(1_000_000, units[^1].Source.Line);
    }

    private static (List<UnitDefinition> Units, List<Diagnostic> Problems) Define(string json, IReadOnlyDictionary<string, string>? shared = null)
    {
        List<Diagnostic> problems = [];
        List<UnitDeclaration> declared = Read(json, problems, shared);
        UnitReader reader = new(new ProjectSettings { MaxParallel = 4 }, Declare.ProjectDirectory, Declare.AfterBuild, problems);
        return ([.. declared.Select(reader.Read).OfType<UnitDefinition>()], problems);
    }

    private static List<UnitDeclaration> Read(string json, List<Diagnostic> problems, IReadOnlyDictionary<string, string>? shared = null) =>
        new JsonUnitReader(File, new UnitOrigin("units.json", []), shared ?? Nothing, problems).Read(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    /// <summary>Hands out a few bytes at a time, as a pipe may.</summary>
    private sealed class Slow(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, piece));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, piece)]);
    }

    /// <summary>A file that nobody has room for: a line at a time.</summary>
    private sealed class Million : MemoryStream
    {
        private int _next;
        private byte[] _line = [];
        private int _at;

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_at == _line.Length && _next < 1_000_000)
            {
                _line = Encoding.UTF8.GetBytes($$"""{"name":"u{{_next++}}","executable":"/bin/true"}""" + "\n");
                _at = 0;
            }

            int count = Math.Min(buffer.Length, _line.Length - _at);
            _line.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }
    }
}
