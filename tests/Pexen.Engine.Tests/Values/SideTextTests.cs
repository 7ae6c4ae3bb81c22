using System.Diagnostics;
using System.Text;
using Pexen.Records;
using Pexen.Values;

namespace Pexen.Engine.Tests.Values;

/// <summary>What units write, well and badly.</summary>
[TestClass]
public sealed class SideTextTests
{
    [TestMethod]
    [DataRow("a=1\nb=2\n", "a=1|b=2")]
    [DataRow("a=1\r\nb=2", "a=1|b=2")]
    [DataRow("\uFEFFa=1", "a=1")]
    [DataRow("a=1=2", "a=1=2")]
    [DataRow("a=", "a=")]
    [DataRow("a = 1 ", "a= 1 ")]
    [DataRow("a=x<<y", "a=x<<y")]
    [DataRow("A=1\na=2", "A=1|a=2", DisplayName = "keys are compared with case")]
    [DataRow("a=1\nb=2\na=3", "a=3|b=2", DisplayName = "the last value of a key counts")]
    [DataRow("a<<END\n1\n2\nEND\nb=3", "a=1\n2|b=3")]
    [DataRow("a<<END\nEND", "a=")]
    [DataRow("a<<END\n\nEND", "a=")]
    [DataRow("a<<END\r\n1\r\n2\r\nEND\r\n", "a=1\n2")]
    [DataRow("a << END\nx=y\nEND", "a=x=y")]
    public void GoodLines_AreRead(string text, string expected)
    {
        Assert.AreEqual(expected, Pairs(text, out IReadOnlyList<LineProblem> problems));
        Assert.IsEmpty(problems);
    }

    [TestMethod]
    [DataRow("a=1\nnonsense\nb=2", "a=1|b=2", "2 it is neither")]
    [DataRow("=1\nb=2", "b=2", "1 the key is empty")]
    [DataRow("a<<END\nb=2", "b=2", "1 no line 'END' ends the value", DisplayName = "a block without an end does not swallow the rest")]
    [DataRow("a<<END\nb<<STOP\n1\nSTOP\nc<<END\nd=4", "b=1|d=4", "1 no line 'END'", DisplayName = "nor do several")]
    [DataRow("a<<\nb=2", "b=2", "1 after <<")]
    [DataRow("a\tb=1\nb=2", "b=2", "1 the key has a control character")]
    public void BadLines_AreToldAndTheRestIsRead(string text, string expected, string problem)
    {
        Assert.AreEqual(expected, Pairs(text, out IReadOnlyList<LineProblem> problems));
        StringAssert.StartsWith($"{problems[0].Line} {problems[0].Why}", problem, StringComparison.Ordinal);
    }

    [TestMethod]
    public void BytesThatAreNotUtf8_CostOnlyTheirOwnLine()
    {
        byte[] bytes = [.. "a=1\nb="u8, 0xff, .. "\nc=3\nd="u8, 0, .. "\n"u8];

        List<KeyValuePair<string, string>> pairs = PairLines.Read(bytes, (_, _) => null, out IReadOnlyList<LineProblem> problems);

        Assert.AreEqual("a c", string.Join(' ', pairs.Select(pair => pair.Key)));
        Assert.AreEqual("2 it is not UTF-8, 4 it has a NUL character", string.Join(", ", problems.Select(one => $"{one.Line} {one.Why}")));
    }

    [TestMethod]
    [Timeout(30_000, CooperativeCancellation = true)]
    public void ManyBlocksWithoutAnEnd_CostNoSquare()
    {
        string text = string.Concat(Enumerable.Range(0, 200_000).Select(number => $"k{number}<<END{number}\n"));
        var clock = Stopwatch.StartNew();

        Pairs(text, out IReadOnlyList<LineProblem> problems);

        Assert.HasCount(200_000, problems);
        Assert.IsLessThan(10, clock.Elapsed.TotalSeconds);
    }

    [TestMethod]
    public void Results_AreKeptInOrderAndBadLinesToldWithoutLosingTheRest()
    {
        const string Text = """
            {"name":"b","status":"pass","note":"fine","files":["x.txt"]}
            not json
            {"name":"a","status":"FAIL"}
            {"status":"pass"}
            {"name":"c","status":"green"}
            {"name":"d","status":"info","files":"x"}
            [1]
            {"name":"e","status":"error","note":7}
            {"name":"f","status":"skip","more":{"x":1}}
            """;

        string results = string.Join(' ', ResultLines.Read(Encoding.UTF8.GetBytes(Text), out IReadOnlyList<LineProblem> problems).Select(Show));

        Assert.AreEqual("b:pass:fine:x.txt a:fail:: f:skip::", results);
        Assert.AreEqual("2 4 5 6 7 8", string.Join(' ', problems.Select(one => one.Line)));

        static string Show(ResultRecord one) => $"{one.Name}:{one.Status}:{one.Note}:{string.Join(',', one.Files)}";
    }

    [TestMethod]
    [DataRow("", "PEXEN_SHARED_")]
    [DataRow("wtype", "PEXEN_SHARED_WTYPE")]
    [DataRow("git.sha-1 ü", "PEXEN_SHARED_GIT_SHA_1__")]
    public void NamesOfVariables_AreUpperCaseWithoutOtherCharacters(string key, string name) => Assert.AreEqual(name, SharedVariable.NameOf(key));

    private static string Pairs(string text, out IReadOnlyList<LineProblem> problems) =>
        string.Join('|', PairLines.Read(Encoding.UTF8.GetBytes(text), (_, _) => null, out problems).Select(pair => $"{pair.Key}={pair.Value}"));
}
