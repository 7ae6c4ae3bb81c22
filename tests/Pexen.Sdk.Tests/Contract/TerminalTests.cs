using System.Text.RegularExpressions;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Contract;

/// <summary>The same is seen when MSBuild's terminal logger shows the build, which by itself shows nothing but errors and warnings.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed partial class TerminalTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow("on")]
    [DataRow("off")]
    public void UnitsFail_TheirLastLinesAreShownOnceWhicheverLoggerThereIs(string terminal)
    {
        Sandbox.With("fails/many.sh", "for i in $(seq 1 60); do echo line $i of many; done; exit 3\n")
            .WithUnits(
                "fails/fails.proj",
                """
                <PexenUnit Include="many" Script="many.sh" FailureHint="Install Node 20." />
                <PexenUnit Include="silent" Command="exit 4" />
                <PexenUnit Include="warns" Command="echo only a warning; exit 5" ContinueOnError="true" />
                <PexenUnit Include="hidden" Command="echo nobody sees this; exit 6" ShowOutput="Never" />
                <PexenUnit Include="whole" Command="seq -f 'aloud %.0f' 50; echo said aloud; exit 7" ShowOutput="Always" />
                <PexenGroup Include="lab" OnFinished="echo the lab burns; exit 8" />
                <PexenUnit Include="member" Group="lab" />
                """);

        string output = Escapes().Replace(Sandbox.RunAsIs("build", "fails/fails.proj", $"-tl:{terminal}", "-nodeReuse:false").Output, "");

        Assert.HasCount(40, Lines().Matches(output), output);
        Assert.AreEqual("line 21 of many", Lines().Match(output).Value.Trim());
        Assert.HasCount(50, Aloud().Matches(output), output);
        foreach (string part in new[]
        {
            "Unit 'many' failed with exit code 3.", "logs/many.log", "Hint: Install Node 20.", "Unit 'silent' failed with exit code 4.", "only a warning", "said aloud", "the lab burns",
            "OnFinished failed with exit code 8", "Pexen AfterBuild: 6 units, ", "To run just that again: ",
        })
        {
            Assert.Contains(part, output);
        }

        Assert.DoesNotContain("nobody sees this", output);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow("on", "minimal", true)]
    [DataRow("on", "normal", true)]
    [DataRow("on", "detailed", true)]
    [DataRow("on", "quiet", false)]
    [DataRow("off", "minimal", true)]
    [DataRow("off", "quiet", false)]
    public void UnitsSucceed_WhatTheySayAndTheSummaryAreShownOnceWhicheverLoggerThereIs(string terminal, string verbosity, bool shown)
    {
        Sandbox.WithUnits("good.proj", """<PexenUnit Include="says" Command="echo said aloud" ShowOutput="Always" />""");

        string output = Escapes().Replace(Sandbox.RunAsIs("build", "good.proj", $"-tl:{terminal}", $"-v:{verbosity}", "-nodeReuse:false").Output, "");

        Assert.HasCount(shown ? 1 : 0, SaidAloud().Matches(output), output);
        Assert.HasCount(shown ? 1 : 0, Summaries().Matches(output), output);
        Assert.DoesNotContain("--interactive", output);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void ThePlanIsAskedForOnATerminal_ItIsShown()
    {
        Sandbox.WithUnits("plan.proj", """<PexenUnit Include="first" Command="true" /><PexenUnit Include="second" Command="true" Requires="first" />""");

        string output = Escapes().Replace(Sandbox.RunAsIs("build", "plan.proj", "-t:PexenPlan", "-tl:on", "-nodeReuse:false").Output, "");

        Assert.Contains("second", output);
    }

    [GeneratedRegex(@"^\s*line \d+ of many\r?$", RegexOptions.Multiline)]
    private static partial Regex Lines();

    [GeneratedRegex(@"^\s*aloud \d+\r?$", RegexOptions.Multiline)]
    private static partial Regex Aloud();

    [GeneratedRegex(@"^\s*said aloud\r?$", RegexOptions.Multiline)]
    private static partial Regex SaidAloud();

    [GeneratedRegex(@"^\s*Pexen AfterBuild: 1 units, 1 succeeded in [\d.]+ s; obj/pexen/Debug/AfterBuild/run\.json\r?$", RegexOptions.Multiline)]
    private static partial Regex Summaries();

    [GeneratedRegex(@"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\][^\x1b]*\x1b\\")]
    private static partial Regex Escapes();
}
