using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Contract;

/// <summary>Contract 2.1 and the first row of 3: what a unit runs, where, with what, and what it sees.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed class WorkTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void EachKindOfWork_RunsWhereAndWithWhatItWasGiven()
    {
        Sandbox.With("work/in.txt", "from a file")
            .With("work/sub/run.sh", "#!/usr/bin/env -S sh -u\nprintf '%s|' \"$0\" \"$@\"\n")
            .With("work/steps/plain.sh", "printf '%s|' \"$@\"\n")
            .WithUnits(
                "work/work.proj",
                """
                <PexenUnit Include="here" Command="pwd" />
                <PexenUnit Include="there" Command="pwd" WorkingDirectory="sub" />
                <PexenUnit Include="variables" EnvironmentVariables="A=1;B=two words;C=x%3By;EMPTY=" Command="echo &quot;$A,$B,$C,$EMPTY.&quot;" />
                <PexenUnit Include="input" Executable="cat" StandardInput="in.txt" />
                <PexenUnit Include="no-input" Executable="cat" />
                <PexenUnit Include="streams" Command="echo out; echo err &gt;&amp;2" StandardOutput="made/out.txt" StandardError="made/err.txt" />
                <PexenUnit Include="bit" Script="sub/run.sh" Arguments="a b;c" />
                <PexenUnit Include="ending" Script="steps/plain.sh" Arguments="x;&quot;&quot;;y" />
                <PexenUnit Include="on-path" Executable="printf" Arguments="%25s;lookup" />
                <PexenUnit Include="relative" Executable="./sub/run.sh" />
                <PexenUnit Include="stops" Command="false&#10;echo went on" SuccessExitCodes="1" />
                <PexenUnit Include="milestone" Requires="here;there" />
                <PexenUnit Include="who" Slots="2" Command="echo &quot;$PEXEN_UNIT,$PEXEN_RUN_ID,$PEXEN_ATTEMPT,$PEXEN_PROJECT_DIR,$PEXEN_SLOT,$PEXEN_SLOTS&quot;" />
                <PexenUnit Include="environment" Executable="env" />
                <PexenUnit Include="inner" Executable="dotnet" Arguments="msbuild;inner/inner.proj;-m:2;-nologo" />
                """,
                "<PexenMaxParallel>2</PexenMaxParallel>")
            .With("work/inner/inner.proj", "<Project><Target Name=\"Build\"><Message Importance=\"High\" Text=\"inner\" /></Target></Project>");
        Directory.CreateDirectory(Sandbox["work/made"]);
        Assert.AreEqual(0, Tool.Run("chmod", "+x", Sandbox["work/sub/run.sh"]));

        // With nodes and servers allowed, as on a developer's machine.
        BuildRun build = Sandbox.Run(
            new Dictionary<string, string> { ["MSBUILDDISABLENODEREUSE"] = "0", ["PEXEN_STRANGE"] = "not passed on" }, "msbuild", "-nologo", "work/work.proj").Succeeded();
        RecordedRun run = build.Run("work", "AfterBuild");

        string project = Sandbox["work"];
        Assert.AreEqual($"{project}\n", run.LogOf("here"));
        Assert.AreEqual($"{project}/sub\n", run.LogOf("there"));
        Assert.AreEqual("1,two words,x;y,.\n", run.LogOf("variables"));
        Assert.AreEqual("from a file", run.LogOf("input"));
        Assert.AreEqual("", run.LogOf("no-input"));
        Assert.AreEqual("out\n", File.ReadAllText(Sandbox["work/made/out.txt"]));
        Assert.AreEqual("err\n", File.ReadAllText(Sandbox["work/made/err.txt"]));
        Assert.Contains("out\n", run.LogOf("streams"));
        Assert.Contains("err\n", run.LogOf("streams"));
        Assert.EndsWith("run.sh|a b|c|", run.LogOf("bit"));
        Assert.AreEqual("x||y|", run.LogOf("ending"));
        Assert.AreEqual("lookup", run.LogOf("on-path"));
        Assert.EndsWith("run.sh|", run.LogOf("relative"));
        Assert.AreEqual("", run.LogOf("stops"), "-e stops at the first line that fails");
        Assert.AreEqual("Succeeded", run.OutcomeOf("milestone"));
        Assert.IsEmpty(run["milestone"].GetProperty("attempts").EnumerateArray());
        Assert.AreEqual($"who,{run.Json.GetProperty("runId").GetString()},1,{project},1,2\n", run.LogOf("who"));

        string[] names = [.. run.LogOf("environment").Split('\n').Select(line => line.Split('=')[0])];
        string[] foreign = ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly", "DOTNET_HOST_PATH", "PEXEN_STRANGE"];
        Assert.IsEmpty(names.Intersect(foreign), string.Join(' ', names));
        Assert.Contains("inner", run.LogOf("inner"));
        Assert.IsEmpty(build.Warnings, "dotnet in a unit leaves no node behind, so there is none to be killed: " + build.Output);
        Assert.IsEmpty(Living(run.Json.GetProperty("runId").GetString()!));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void Output_IsShownAndParsedAsAsked()
    {
        Sandbox.WithUnits(
            "show/show.proj",
            """
            <PexenUnit Include="quiet" Command="echo text-of-quiet; echo 'quiet.c(1,1): warning Q1: not parsed'" />
            <PexenUnit Include="always" Command="echo text-of-always" ShowOutput="Always" />
            <PexenUnit Include="parsed" Command="echo 'src/parsed.c(12,3): warning P77: careful'" ParseDiagnostics="Always" />
            <PexenUnit Include="fails" Command="echo text-of-fails; echo 'src/fails.c(7,9): error F1: no such thing'; echo 'looks like an error: x'; exit 4" FailureHint="install Node 20 or later" />
            <PexenUnit Include="hidden" Command="echo text-of-hidden; echo 'hidden.c(1,2): error H1: never'; exit 5" ShowOutput="Never" ParseDiagnostics="Never" />
            <PexenUnit Include="innocent" Command="echo 'x.c(1,1): error X1: only text'" />
            """);

        BuildRun build = Sandbox.MSBuild("show/show.proj").Failed("PEX3001");

        Assert.DoesNotContain("text-of-quiet", build.Output);
        Assert.Contains("text-of-always", build.Output);
        Assert.Contains("text-of-fails", build.Output);
        Assert.DoesNotContain("text-of-hidden", build.Output);
        Assert.Contains(new SaidDiagnostic("warning", "P77", Sandbox["show/src/parsed.c"], 12, "careful"), build.Diagnostics);
        Assert.Contains(new SaidDiagnostic("error", "F1", Sandbox["show/src/fails.c"], 7, "no such thing"), build.Diagnostics);
        Assert.IsFalse(build.Diagnostics.Any(said => said.Code is "Q1" or "H1" or "X1"), build.Output);
        Assert.Contains("install Node 20 or later", build.Diagnostics.Single(said => said.Code == "PEX3001" && said.Message.Contains("'fails'", StringComparison.Ordinal)).Message);
        RecordedRun run = build.Run("show", "AfterBuild");
        Assert.AreEqual("Succeeded", run.OutcomeOf("innocent"));
        Assert.AreEqual("Succeeded", run.OutcomeOf("parsed"));
    }

    /// <summary>Command lines of processes that carry the mark of a run.</summary>
    private static List<string> Living(string runId)
    {
        List<string> living = [];
        foreach (string process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(process, "environ")).Contains($"PEXEN_RUN_ID={runId}", StringComparison.Ordinal))
                {
                    living.Add(File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' '));
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It has ended by now.
            }
        }

        return living;
    }
}
