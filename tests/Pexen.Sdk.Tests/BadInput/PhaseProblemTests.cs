using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.BadInput;

/// <summary>What is wrong with a run rather than with the project.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed class PhaseProblemTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void RecordOfAnEarlierPhase_IsNeededAndMustFitTheDefinition()
    {
        const string Units = """
            <PexenUnit Include="gen" Phase="BeforeBuild" Command="exit $(GenExit)" Provides="schema 1.2" />
            <PexenUnit Include="use" Requires="schema [1,2)" Command="echo used" />
            """;
        Sandbox.WithUnits("late/late.proj", Units, "<GenExit>0</GenExit>");

        BuildRun without = RunLate().Failed("PEX1014");
        Assert.Contains("it has not run yet", Problem(without).Message);
        Assert.Contains("-t:PexenRun -p:PexenPhase=BeforeBuild", Problem(without).Message);
        Assert.AreEqual(Sandbox.LineOf("late/late.proj", "Include=\"use\""), Problem(without).Line);
        Assert.IsFalse(Directory.Exists(Sandbox["late/obj/pexen/Debug/AfterBuild"]), "nothing may have started");

        Sandbox.MSBuild("late/late.proj", "-t:PexenRun", "-p:PexenPhase=BeforeBuild", "-p:GenExit=3").Failed("PEX3001");
        Assert.Contains("did not succeed", Problem(RunLate("-p:GenExit=3")).Message);

        Sandbox.MSBuild("late/late.proj", "-t:PexenRun", "-p:PexenPhase=BeforeBuild").Succeeded();
        BuildRun with = RunLate().Succeeded();
        Assert.AreEqual("used\n", with.Run("late", "AfterBuild").LogOf("use"));

        Sandbox.WithUnits("late/late.proj", Units.Replace("exit", "true; exit", StringComparison.Ordinal), "<GenExit>0</GenExit>");
        Assert.Contains("has been changed", Problem(RunLate()).Message);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void SelectionOfWhatIsNotThere_IsRefusedWithTheNearestName()
    {
        Sandbox.WithUnits("some/some.proj", """<PexenUnit Include="database" Command="echo x" />""");

        BuildRun run = Sandbox.MSBuild("some/some.proj", "-t:PexenRun", "-p:PexenUnits=databse").Failed("PEX1011");

        Assert.Contains("\"databse\"", run.Diagnostics[0].Message);
        Assert.Contains("Did you mean \"database\"", run.Diagnostics[0].Message);
        Assert.DoesNotContain("MSB4181", run.Output);
        Assert.IsFalse(Directory.Exists(Sandbox["some/obj/pexen"]));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void PhaseThatTheTestRunnerGivesNoHookFor_IsAWarningWithFile()
    {
        Sandbox.WithProject(
            "app",
            """<PexenUnit Include="after" Phase="AfterTest" Command="touch after" /><PexenUnit Include="before" Phase="BeforeTest" Command="touch before" />""",
            "<TargetFramework>net10.0</TargetFramework><IsTestingPlatformApplication>true</IsTestingPlatformApplication>");

        BuildRun run = Sandbox.MSBuild("app/app.csproj", "-restore", "-t:_MTPBuild").Succeeded();

        SaidDiagnostic said = run.Diagnostics.Single(one => one.Code == "PEX2005");
        Assert.AreEqual("warning", said.Severity);
        Assert.AreEqual(Sandbox["app/app.csproj"], said.File);
        Assert.Contains("AfterTest", said.Message);
        Assert.IsTrue(File.Exists(Sandbox["app/before"]));
        Assert.IsFalse(File.Exists(Sandbox["app/after"]));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void DiskThatFillsUp_FailsTheUnitThatWritesByNameAndNotTheRecord()
    {
        string disk = Sandbox["full/disk"];
        Directory.CreateDirectory(disk);
        if (!OperatingSystem.IsLinux() || Tool.Run("mount", "-t", "tmpfs", "-o", "size=768k", "tmpfs", disk) != 0)
        {
            Assert.Inconclusive("a small file system can be mounted by root on Linux only");
        }

        try
        {
            Sandbox.WithUnits(
                "full/full.proj",
                """
                <PexenUnit Include="flood" Command="head -c 3000000 /dev/zero; sleep 30" />
                <PexenUnit Include="modest" Requires="flood" Executable="/bin/true" />
                <PexenUnit Include="other" Executable="/bin/true" />
                """,
                $"<PexenOutputDirectory>{disk}/</PexenOutputDirectory><PexenShowOutput>Never</PexenShowOutput>");

            BuildRun run = Sandbox.MSBuild("full/full.proj").Failed("PEX3011");

            SaidDiagnostic said = run.Diagnostics.Single(one => one.Code == "PEX3011");
            Assert.Contains("'flood'", said.Message);
            Assert.AreEqual(Sandbox.LineOf("full/full.proj", "flood"), said.Line);
            var record = new RecordedRun(Path.Combine(disk, "AfterBuild"));
            Assert.AreEqual("Failed", record["flood"].GetProperty("outcome").GetString());
            Assert.AreEqual("Succeeded", record.OutcomeOf("other"));
            Assert.AreEqual("Skipped", record["modest"].GetProperty("outcome").GetString());
        }
        finally
        {
            Tool.Run("umount", "-l", disk);
        }
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void SupervisorThatIsNotThere_IsOneCodedErrorAndTheNextBuildGoesOn()
    {
        Sandbox.WithUnits("host/host.proj", """
            <PexenUnit Include="any" Command="exit 7" Condition="false" />
            <PexenUnit Include="any" Command="exit 8" Condition="true" />
            """);

        BuildRun run = Sandbox.MSBuild("host/host.proj", "-p:_PexenHost=/no/such/Pexen.Host.dll").Failed("PEX3012");

        Assert.HasCount(1, run.Errors, run.Output);
        Assert.Contains("it ended with exit code", run.Diagnostics.Single(said => said.Code == "PEX3012").Message);
        Assert.DoesNotContain("MSB4181", run.Output);
        BuildRun next = Sandbox.MSBuild("host/host.proj").Failed("PEX3001");
        Assert.AreEqual(Sandbox.LineOf("host/host.proj", "exit 8"), next.Diagnostics.Single(said => said.Code == "PEX3001").Line, "the element whose condition holds");
        Assert.AreEqual("Failed exit code 8", next.Run("host", "AfterBuild").OutcomeOf("any"));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void BuildThatWasRefused_DoesNotPassForItsLastGoodRun()
    {
        const string Good = """
            <PexenResource Include="gpu" Capacity="2" />
            <PexenUnit Include="one" Executable="/bin/true" Uses="gpu*2" />
            """;
        Sandbox.WithUnits("refused/refused.proj", Good);
        Sandbox.MSBuild("refused/refused.proj").Succeeded();
        Sandbox.MSBuild("refused/refused.proj", "-t:PexenVerify").Succeeded();

        Sandbox.WithUnits("refused/refused.proj", Good + """<PexenUnit Include="two" Executable="/bin/true" Requires="thre" />""");
        Sandbox.MSBuild("refused/refused.proj").Failed("PEX1002");
        Sandbox.MSBuild("refused/refused.proj", "-t:PexenVerify").Failed("PEX1002");
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void PhaseGivenByHand_IsSpeltAsDeclaredAndToldWhereItIsNone()
    {
        Sandbox.WithUnits("own/own.proj", """<PexenUnit Include="mine" Phase="Mine3" Executable="/bin/true" />""");

        Sandbox.MSBuild("own/own.proj", "-t:PexenRun", "-p:PexenPhase=mine3").Succeeded();
        Sandbox.MSBuild("own/own.proj", "-t:PexenPlan", "-p:PexenPhase=MINE3").Succeeded();
        Sandbox.MSBuild("own/own.proj", "-t:PexenVerify", "-p:PexenPhase=mine3").Succeeded();
        Assert.AreEqual("Mine3", string.Join(' ', Directory.GetDirectories(Sandbox["own/obj/pexen/Debug"]).Select(Path.GetFileName)));

        BuildRun slip = Sandbox.MSBuild("own/own.proj", "-t:PexenRun", "-p:PexenPhase=AfterBuidl").Succeeded();
        Assert.Contains("Pexen AfterBuidl: no unit has this phase; did you mean AfterBuild?", slip.Output);
        Assert.DoesNotContain("no unit has this phase", Sandbox.MSBuild("own/own.proj").Succeeded().Output);
        Assert.Contains("PexenPhase=\"Bad Phase\"", Sandbox.MSBuild("own/own.proj", "-t:PexenRun", "-p:PexenPhase=Bad Phase").Failed("PEX1006").Diagnostics[0].Message);
        Sandbox.MSBuild("own/own.proj", "-t:PexenVerify", "-p:PexenPhase=BeforeBuild%3BAfterBuild").Failed("PEX1006");
    }

    private BuildRun RunLate(params string[] more) => Sandbox.MSBuild(["late/late.proj", "-t:PexenRun", .. more]);

    private static SaidDiagnostic Problem(BuildRun run) => run.Failed("PEX1014").Diagnostics.Single(one => one.Code == "PEX1014");
}
