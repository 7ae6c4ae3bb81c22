using System.Security;
using System.Text;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.BadInput;

/// <summary>What is not an error passes unchanged.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed class TextTests : EndToEnd
{
    /// <summary>The text as a program must get it, and how it is written where that is not the same.</summary>
    private static readonly (string Text, string Written)[] Texts =
    [
        ("plain", "plain"),
        ("a \"b\" 'c' `d`", "a \"b\" 'c' `d`"),
        ("$HOME $$ ${x} $1 $", "$HOME $$ ${x} $1 $"),
        ("$(date) @(x) %(y)", "%24(date) %40(x) %25(y)"),
        ("100% %d %zz %% %", "100% %d %zz %% %"),
        ("a;b ; c", "a%3Bb %3B c"),
        (@"a\b\\c \n \t \", @"a\b\\c \n \t \"),
        ("*.cs ? [a-z] {a,b} ~ # ! ^ & | < > ( )", "*.cs ? [a-z] {a,b} ~ # ! ^ & | < > ( )"),
        ("two\nlines\n\nand a\ttab", "two\nlines\n\nand a\ttab"),
        ("Grüße, 漢字, हिन्दी, \U0001F389, a\u0301", "Grüße, 漢字, हिन्दी, \U0001F389, a\u0301"),
        ("-e -- --help", "-e -- --help"),
        (" blanks at both ends ", "%20blanks at both ends%20"),
        ("", "\"\""),
    ];

    private static readonly string[] Names =
    [
        "a/b/c", "deep/er/and/deep.er", "x:y+z-1.0_b", "Größe", "漢字", "हिन्दी", "Ελληνικά/μονάδα", "1st", new string('n', 200), string.Concat(Enumerable.Repeat("漢", 200)),
    ];

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void Arguments_ReachTheProgramByteForByte()
    {
        string all = string.Join(';', Texts.Select(text => text.Written));
        Sandbox.With("text/show.sh", "for argument in \"$@\"; do printf '<%s>\\n' \"$argument\"; done\n").WithUnits("text/text.proj", string.Join('\n', Ways("Arguments", "Script=\"show.sh\"", all)));

        RecordedRun run = Sandbox.MSBuild("text/text.proj").Succeeded().Run("text", "AfterBuild");

        string expected = string.Concat(Texts.Select(text => $"<{text.Text}>\n"));
        foreach (string way in new[] { "attribute", "element", "cdata" })
        {
            Assert.AreEqual(expected, run.LogOf(way), way);
        }
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void Command_ReachesTheShellByteForByte()
    {
        // Lists are none here: a semicolon is a semicolon. The quoted end mark keeps the shell from touching the text.
        string text = string.Join('\n', Texts.Where(text => text.Text.Length > 0).Select(text => text.Text.Replace("$(date) @(x) %(y)", "", StringComparison.Ordinal)));
        Sandbox.WithUnits("text/text.proj", string.Join('\n', Ways("Command", "", $"cat <<'END'\n{text}\nEND\n")));

        BuildRun build = Sandbox.MSBuild("text/text.proj").Succeeded();
        RecordedRun run = build.Run("text", "AfterBuild");

        foreach (string way in new[] { "attribute", "element", "cdata" })
        {
            Assert.AreEqual(text + "\n", run.LogOf(way), way);
        }

        Assert.IsEmpty(build.Warnings, build.Output);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void NamesOfAnyScriptAndLength_ArePassedOnAndHaveLogs()
    {
        string units = string.Join('\n', Names.Select(name => $"<PexenUnit Include=\"{name}\" Command=\"printf '%25s' &quot;$PEXEN_UNIT&quot;\" />"));
        Sandbox.WithUnits("names/names.proj", units + $"\n<PexenUnit Include=\"all\" Requires=\"{string.Join(';', Names)}\" />");

        BuildRun build = Sandbox.MSBuild("names/names.proj").Succeeded();
        RecordedRun run = build.Run("names", "AfterBuild");

        foreach (string name in Names)
        {
            Assert.AreEqual(name, run.LogOf(name));
            Assert.IsLessThanOrEqualTo(120, Encoding.UTF8.GetByteCount(Path.GetFileName(run[name].GetProperty("log").GetString()!)));
        }

        Assert.IsEmpty(build.Warnings, build.Output);
    }

    private static IEnumerable<string> Ways(string metadata, string others, string text)
    {
        string attribute = SecurityElement.Escape(text).Replace("\n", "&#10;", StringComparison.Ordinal).Replace("\t", "&#9;", StringComparison.Ordinal);
        yield return $"<PexenUnit Include=\"attribute\" {others} {metadata}=\"{attribute}\" />";
        yield return $"<PexenUnit Include=\"element\" {others}><{metadata}>{SecurityElement.Escape(text)}</{metadata}></PexenUnit>";
        yield return $"<PexenUnit Include=\"cdata\" {others}><{metadata}><![CDATA[{text}]]></{metadata}></PexenUnit>";
    }
}
