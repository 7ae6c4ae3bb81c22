using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.BadInput;

/// <summary>What looks like a mistake and may be none.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed class WarningTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void RewrittenText_IsToldAndWhatTheAuthorMeantIsNot()
    {
        Sandbox.With("text/steps/run.sh", "true\n").WithUnits(
            "text/text.proj",
            """
            <Thing Include="one" />
            <PexenUnit Include="bad-property" Command="echo $(NoSuchProperty) end" />
            <PexenUnit Include="bad-item" Command="echo @(NoSuchItem) end" />
            <PexenUnit Include="bad-escape" Command="echo %41" />
            <PexenUnit Include="bad-argument" Executable="/bin/echo" Arguments="one;%7Etwo" />
            <PexenUnit Include="bad-slash" Command="steps\run.sh || true" />
            <PexenUnit Include="bad-element" Executable="/bin/true"><Arguments>a;$(NoSuchProperty)b</Arguments></PexenUnit>
            <PexenUnit Include="good-property" Executable="$(Defined)/true" />
            <PexenUnit Include="good-nothing" Command="true $(DefinedAsNothing)" />
            <PexenUnit Include="good-item" Executable="/bin/echo" Arguments="@(Thing);%(Identity)" />
            <PexenUnit Include="good-escapes" Command="echo %24HOME %25d '%3B' %2A %40 %27x%27" />
            <PexenUnit Include="good-plain" Command="echo $HOME $$ 100% 'a\b\\c' `true`" />
            <PexenUnit Include="good-elsewhere" Executable="/bin/true" FailureHint="$(NoSuchProperty)" WorkingDirectory="$(MSBuildProjectDirectory)$(NoSuchProperty)" />
            """,
            "<Defined>/bin</Defined><DefinedAsNothing></DefinedAsNothing>");

        BuildRun build = Sandbox.MSBuild("text/text.proj");

        foreach ((string unit, string what) in new[]
        {
            ("bad-property", "$(NoSuchProperty)"), ("bad-item", "@(NoSuchItem)"), ("bad-escape", "%41"), ("bad-argument", "%7E"), ("bad-slash", "'\\'"), ("bad-element", "$(NoSuchProperty)"),
        })
        {
            SaidDiagnostic? said = build.Diagnostics.FirstOrDefault(one => one.Code == "PEX2003" && one.Message.Contains($"'{unit}'", StringComparison.Ordinal));
            Assert.IsNotNull(said, $"{unit}\n{build.Output}");
            Assert.AreEqual("warning", said.Severity);
            Assert.Contains(what, said.Message);
            Assert.AreEqual(Sandbox.LineOf("text/text.proj", $"\"{unit}\""), said.Line);
        }

        Assert.DoesNotContain("'good-", build.Output);
        Assert.HasCount(6, build.Diagnostics, build.Output);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void Oddities_AreWarningsOrMessagesWithFileAndLine()
    {
        Sandbox.WithUnits(
            "odd/odd.proj",
            """
            <PexenUnit Include="typo" Executable="/bin/true" Requiers="x" Timout="5s" />
            <PexenUnit Include="late" Executable="/bin/true" Phase="AfterBiuld" />
            <PexenUnit Include="none/*.sh;typo2" Executable="/bin/true" />
            <PexenUnit Include="unused" Executable="/bin/true" Provides="never-asked 1.0" />
            <PexenUnit Include="wide" Executable="/bin/true" Slots="64" />
            <PexenUnit Include="own" Executable="/bin/true" MyColour="red" Link="x" />
            <PexenUnit Include="steps/*.sh" Condition="'$(Nothing)' == 'x'" Executable="/bin/true" />
            """);

        BuildRun build = Sandbox.MSBuild("odd/odd.proj", "-v:n").Succeeded();

        Check(build, "typo", "warning", "PEX2002", "Requiers", "Requires");
        Check(build, "typo", "warning", "PEX2002", "Timout", "Timeout");
        Check(build, "late", "warning", "PEX2002", "AfterBiuld", "AfterBuild");
        Check(build, "none/*.sh", "message", "PEX2004", "none/*.sh");
        Check(build, "unused", "message", "PEX2001", "never-asked 1.0");
        Check(build, "wide", "message", "PEX1006", "64", "PexenMaxParallel");
        Assert.HasCount(6, build.Diagnostics, build.Output);

        BuildRun strict = Sandbox.MSBuild("odd/odd.proj", "-p:PexenStrict=true").Succeeded();
        Check(strict, "unused", "warning", "PEX2001", "never-asked 1.0");
        Assert.AreEqual(1, strict.Run("odd", "AfterBuild").Json.GetProperty("diagnostics").EnumerateArray().Count(one => one.GetProperty("code").GetString() == "PEX2001"));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void PatternThatMatchesNothingInAProjectWithoutUnits_IsToldAllTheSame()
    {
        Sandbox.WithUnits("none/none.proj", """<PexenUnit Include="steps/*.sh" Executable="/bin/true" />""");

        BuildRun build = Sandbox.MSBuild("none/none.proj", "-v:n").Succeeded();

        Check(build, "steps/*.sh", "message", "PEX2004", "steps/*.sh");
        Assert.IsEmpty(build.Summaries);
    }

    private void Check(BuildRun build, string unit, string severity, string code, params string[] says)
    {
        SaidDiagnostic? said = build.Diagnostics.FirstOrDefault(one => one.Code == code && says.All(text => one.Message.Contains(text, StringComparison.Ordinal)));
        Assert.IsNotNull(said, $"no {code} with {string.Join(" and ", says)} in\n{build.Output}");
        Assert.AreEqual(severity, said.Severity);
        Assert.AreEqual(Sandbox.LineOf(Path.GetRelativePath(Sandbox.Folder, said.File), $"Include=\"{unit}"), said.Line);
    }
}
