using Pexen.Sdk.Tests.Infrastructure;
using Pexen.Sdk.Tests.Matrix;

namespace Pexen.Sdk.Tests.Contract;

/// <summary>Services of the phase before the tests live until the tests have ended, and its finalizers follow (contract 2.6, 2.8).</summary>
[TestClass]
[TestCategory("EndToEnd")]
[OSCondition(OperatingSystems.Linux)]
public sealed class TestServiceTests : EndToEnd
{
    private const string OneFramework = "<TargetFramework>net10.0</TargetFramework>";

    private const string TwoFrameworks =
        "<TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks><EnableWindowsTargeting>true</EnableWindowsTargeting><DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>";

    private const string Units = """
        <PexenUnit Include="db" Phase="BeforeTest" Service="true" Command="trap 'sleep 0.5; echo stopped &gt;&gt; trace; exit 0' TERM; echo up &gt;&gt; trace; echo $$ &gt; db.pid; touch up; while :; do sleep 0.1; done" ReadyWhen="file:up" />
        <PexenUnit Include="migrate" Phase="BeforeTest" Requires="db" Command="echo migrated &gt;&gt; trace" />
        <PexenUnit Include="drop" Phase="BeforeTest" Finalizes="migrate" Command="echo dropped &gt;&gt; trace; rm up" />
        """;

    /// <summary>Says whether the service was up; then passes, fails, or waits to be told to pass, as files beside the project say.</summary>
    private const string Test = """
        using System.Diagnostics;
        using System.IO;
        using System.Threading;
        using Microsoft.VisualStudio.TestTools.UnitTesting;

        [assembly: DoNotParallelize]

        [TestClass]
        public sealed class Tests
        {
            public TestContext TestContext { get; set; }

            [TestMethod]
            public void Sees()
            {
                string project = Path.GetFullPath("../../..", System.AppContext.BaseDirectory);
                string seen = File.Exists(project + "/up") ? "tested" : "nothing there";
                // By a shell, which really appends: test programs run beside each other.
                Process.Start("sh", ["-c", $"echo {seen} >> '{project}/trace'"]).WaitForExit();
                if (File.Exists(project + "/wait"))
                {
                    File.WriteAllText(project + "/testing", "");
                    while (!File.Exists(project + "/go"))
                    {
                        TestContext.CancellationToken.ThrowIfCancellationRequested();
                        Thread.Sleep(50);
                    }

                    File.WriteAllText(project + "/finished", "");
                }

                Assert.IsFalse(File.Exists(project + "/fail"));
            }
        }
        """;

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow(false, "", DisplayName = "VSTest")]
    [DataRow(false, "fail", DisplayName = "VSTest, the tests fail")]
    [DataRow(true, "", DisplayName = "Testing.Platform")]
    [DataRow(true, "fail", DisplayName = "Testing.Platform, the tests fail")]
    public void TestsHaveRun_TheServiceWasUpForThemAndTheFinalizerFollowed(bool platform, string file)
    {
        Prepare(platform, OneFramework, Units + AfterTest, file);

        BuildRun run = RunTests(platform);

        Assert.AreEqual(file.Length == 0, run.ExitCode == 0, run.Output);
        bool follows = !platform && file.Length == 0;
        Assert.AreEqual("up migrated tested dropped stopped" + (follows ? " reported" : ""), Trace, run.Output);
        Assert.AreEqual("db Succeeded, migrate Succeeded, drop Succeeded", string.Join(", ", run.Units("one", "BeforeTest")));
        Assert.IsFalse(File.Exists(Sandbox["one/obj/pexen/Debug/BeforeTest/ready.json"]));
        if (!platform)
        {
            Assert.Contains("Pexen BeforeTest: ready for the tests after ", run.Output);
            Assert.Contains("db up until they have ended", run.Output);
            Assert.AreEqual(follows ? 2 : 1, run.Summaries.Count, run.Output);
        }
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow(false, false, DisplayName = "VSTest")]
    [DataRow(false, true, DisplayName = "VSTest, one of them")]
    [DataRow(true, false, DisplayName = "Testing.Platform")]
    [DataRow(true, true, DisplayName = "Testing.Platform, one of them")]
    public void TwoFrameworksAreTested_OneServiceIsUpForBoth(bool platform, bool one)
    {
        Prepare(platform, TwoFrameworks, Units);

        BuildRun run = RunTests(platform, one ? ["--framework", "net10.0"] : []).Succeeded();

        Assert.AreEqual($"up migrated tested {(one ? "" : "tested ")}dropped stopped", Trace, run.Output);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow(false, DisplayName = "VSTest")]
    [DataRow(true, DisplayName = "Testing.Platform")]
    public void EachFrameworkHasAService_EachIsUpForItsOwnTests(bool platform)
    {
        Prepare(platform, TwoFrameworks, """
            <PexenUnit Include="db" Phase="BeforeTest" RunPer="TargetFramework" Service="true" Command="touch up; echo up &gt;&gt; $(TargetFramework).trace; trap 'echo stopped &gt;&gt; $(TargetFramework).trace; exit 0' TERM; while :; do sleep 0.1; done" ReadyWhen="file:up" />
            """);

        RunTests(platform).Succeeded();

        Assert.AreEqual("tested tested", Trace);
        foreach (string framework in new[] { "net10.0", "net10.0-windows" })
        {
            Assert.AreEqual("up stopped", Words($"one/{framework}.trace"));
        }
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow(false, DisplayName = "VSTest")]
    [DataRow(true, DisplayName = "Testing.Platform")]
    public void AUnitBeforeTheTestsFails_NoTestRunsAndTheServiceIsStopped(bool platform)
    {
        Prepare(platform, OneFramework, Units + """<PexenUnit Include="seed" Phase="BeforeTest" Requires="migrate" Command="exit 3" />""");

        BuildRun run = RunTests(platform);

        run.Failed("PEX3001");
        Assert.AreEqual("up migrated dropped stopped", Trace, run.Output);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow(false, true, DisplayName = "VSTest")]
    [DataRow(true, true, DisplayName = "Testing.Platform")]
    [DataRow(true, false, DisplayName = "Testing.Platform, and nothing of the run is left")]
    public void TheServiceDiesDuringTheTests_TheyGoOnAndTheBuildFailsByItsName(bool platform, bool finalizer)
    {
        Prepare(platform, OneFramework, finalizer ? Units : Units[..Units.IndexOf("<PexenUnit Include=\"drop\"", StringComparison.Ordinal)], "wait");
        using StartedBuild build = Start(platform).WaitFor("one/testing");
        Assert.AreEqual(0, Signals.Send(int.Parse(File.ReadAllText(Sandbox["one/db.pid"]), null), Signals.Kill));
        string events = Sandbox["one/obj/pexen/Debug/BeforeTest/events.jsonl"];
        Until.True(() => File.ReadLines(events).Any(line => line.Contains("\"event\":\"end\",\"unit\":\"db\"", StringComparison.Ordinal)), () => "the service lives");
        Until.True(() => finalizer || File.Exists(Sandbox["one/obj/pexen/Debug/BeforeTest/run.json"]), () => "the run is not over");

        File.WriteAllText(Sandbox["one/go"], "");

        BuildRun run = build.WaitForEnd();
        build.WaitForNothingLeft();
        Assert.AreNotEqual(0, run.ExitCode, run.Output);
        Assert.Contains("PEX3008: ", run.Output);
        Assert.Contains("'db'", run.Output);
        Assert.AreEqual($"up migrated tested{(finalizer ? " dropped" : "")}", Trace);
        Assert.IsTrue(File.Exists(Sandbox["one/finished"]), "the tests were ended");
        Assert.AreEqual("Failed", run.Run("one", "BeforeTest").Outcome);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow(false, Signals.Interrupt, "Cancelled", DisplayName = "VSTest, Ctrl-C")]
    [DataRow(false, Signals.Kill, "Cancelled", DisplayName = "VSTest, killed")]
    [DataRow(true, Signals.Interrupt, "Cancelled", DisplayName = "Testing.Platform, Ctrl-C")]
    [DataRow(true, Signals.Kill, "Cancelled", DisplayName = "Testing.Platform, killed")]
    [DataRow(true, Signals.Terminate, "Cancelled", DisplayName = "Testing.Platform, asked to end")]
    [DataRow(true, Signals.Kill, "Cancelled", true, DisplayName = "Testing.Platform, killed with its programs")]
    public void TestsAreEnded_TheServiceIsStoppedAndTheFinalizerRuns(bool platform, int signal, string outcome, bool group = false)
    {
        Prepare(platform, OneFramework, Units, "wait");
        using StartedBuild build = Start(platform).WaitFor("one/testing");

        _ = group || signal == Signals.Interrupt ? build.SendToGroup(signal) : build.Send(signal);

        Until.True(() => Trace.EndsWith("stopped", StringComparison.Ordinal), () => $"the service is not stopped: {Trace}\n{build.Output}");
        Assert.AreEqual("up migrated tested dropped stopped", Trace);
        if (!platform)
        {
            // VSTest's program that has lost dotnet test is nobody's; a test program is ended by its attendant.
            File.WriteAllText(Sandbox["one/go"], "");
        }

        Until.True(() => !build.Supervisors.Any(), () => "the supervisor lives");
        var record = new RecordedRun(Sandbox["one/obj/pexen/Debug/BeforeTest"]);
        Assert.AreEqual(outcome, record.Outcome);
        build.WaitForNothingLeft();
    }

    /// <summary>Rule 24: after a cancel finalizers have a limit.</summary>
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow(false, true, DisplayName = "VSTest, during the tests")]
    [DataRow(false, false, DisplayName = "VSTest, after them")]
    [DataRow(true, true, DisplayName = "Testing.Platform, during the tests")]
    [DataRow(true, false, DisplayName = "Testing.Platform, after them")]
    public void TestsAreInterruptedAndAFinalizerDoesNotEnd_ItIsEndedWhenItsTimeIsOver(bool platform, bool during)
    {
        Prepare(platform, OneFramework, """
            <PexenUnit Include="begin" Phase="BeforeTest" Command="true" />
            <PexenUnit Include="hang" Phase="BeforeTest" Finalizes="begin" Command="touch hanging; exec sleep 1000" />
            """, during ? "wait" : "", "<PexenFinalizerTimeout>1s</PexenFinalizerTimeout>");
        using StartedBuild build = Start(platform).WaitFor(during ? "one/testing" : "one/hanging");

        build.SendToGroup(Signals.Interrupt);

        Until.True(() => build.HasExited && !build.Supervisors.Any(), () => $"it goes on\n{build.Output}");
        build.WaitForEnd();
        var record = new RecordedRun(Sandbox["one/obj/pexen/Debug/BeforeTest"]);
        Assert.AreEqual("Cancelled", record.Outcome);
        Assert.AreEqual("TimedOut", record["hang"].GetProperty("outcome").GetString());
    }

    /// <summary>Under Microsoft.Testing.Platform both are built before either is tested.</summary>
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow(false, DisplayName = "VSTest")]
    [DataRow(true, DisplayName = "Testing.Platform")]
    public void ServicesOfTwoProjectsClaimOnePort_OneIsTestedAfterTheOther(bool platform)
    {
        const string Lock = """<PexenResource Include="TestServiceTests.port" Scope="Machine" />""";
        string units = Lock + Units.Replace("Service=", "Claims=\"TestServiceTests.port\" Service=", StringComparison.Ordinal).Replace("echo up", "mkdir ../port; echo up", StringComparison.Ordinal)
            .Replace("echo stopped", "rmdir ../port; echo stopped", StringComparison.Ordinal);
        Prepare(platform, OneFramework, units);
        Sandbox.With("two/two.csproj", File.ReadAllText(Sandbox["one/one.csproj"])).With("two/Tests.cs", Test)
            .With("all.slnx", """<Solution><Project Path="one/one.csproj" /><Project Path="two/two.csproj" /></Solution>""");

        BuildRun run = (platform ? Sandbox.RunAsIs("test", "--solution", "all.slnx", "--max-parallel-test-modules", "1") : Sandbox.Run("test", "all.slnx", "-m:2")).Succeeded();

        Assert.AreEqual("up migrated tested dropped stopped", Trace, run.Output);
        Assert.AreEqual("up migrated tested dropped stopped", Words("two/trace"), run.Output);
        Assert.DoesNotContain("File exists", File.ReadAllText(Sandbox["one/obj/pexen/Debug/BeforeTest/logs/db.log"]) + File.ReadAllText(Sandbox["two/obj/pexen/Debug/BeforeTest/logs/db.log"]));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow(false, DisplayName = "VSTest")]
    [DataRow(true, DisplayName = "Testing.Platform")]
    public void SupervisorIsKilledDuringTheTests_DotnetTestFailsAndTheServiceIsEnded(bool platform)
    {
        Prepare(platform, OneFramework, Units, "wait");
        using StartedBuild build = Start(platform).WaitFor("one/testing");
        LiveProcess supervisor = build.Supervisors.Single(process => !process.CommandLine.Contains("attend", StringComparison.Ordinal));
        Assert.AreEqual(0, Signals.Send(supervisor.Id, Signals.Kill));

        File.WriteAllText(Sandbox["one/go"], "");

        BuildRun run = build.WaitForEnd();
        build.WaitForNothingLeft();
        Assert.AreNotEqual(0, run.ExitCode, run.Output);
        Assert.Contains("PEX3012: ", run.Output);
        Assert.AreEqual("Interrupted", new RecordedRun(Sandbox["one/obj/pexen/Debug/BeforeTest"]).Outcome);
        Assert.IsFalse(File.Exists(Sandbox["one/obj/pexen/Debug/BeforeTest/ready.json"]));
    }

    /// <summary>A program of another dotnet command is not one that the service is held for.</summary>
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void TestsAreRunWithoutABuildMeanwhile_TheServiceStaysUpForTheFirst()
    {
        Prepare(platform: true, OneFramework, Units, "wait");
        using StartedBuild build = Start(platform: true).WaitFor("one/testing");
        File.Delete(Sandbox["one/wait"]);

        RunTests(platform: true, "--no-build").Succeeded();

        Assert.AreEqual("up migrated tested tested", Trace);
        File.WriteAllText(Sandbox["one/go"], "");
        Assert.AreEqual(0, build.WaitForEnd().ExitCode, build.Output);
        Assert.AreEqual("up migrated tested tested dropped stopped", Trace);
    }

    /// <summary>It fails what goes on until then at its end.</summary>
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow(false, DisplayName = "VSTest")]
    [DataRow(true, DisplayName = "Testing.Platform")]
    public void FinalizerFailsWithErrorAndContinue_DotnetTestFails(bool platform)
    {
        Prepare(platform, OneFramework, """
            <PexenUnit Include="begin" Phase="BeforeTest" Command="true" />
            <PexenUnit Include="drop" Phase="BeforeTest" Finalizes="begin" ContinueOnError="ErrorAndContinue" Command="exit 4" />
            """);

        RunTests(platform).Failed("PEX3001");
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void PhaseIsRunByHand_ThereAreNoTestsForServicesToWaitFor()
    {
        Prepare(platform: false, OneFramework, Units);

        BuildRun run = Sandbox.MSBuild("one/one.csproj", "-t:PexenRun", "-p:PexenPhase=BeforeTest").Succeeded();

        Assert.AreEqual("up migrated dropped stopped", Trace, run.Output);
    }

    private const string AfterTest = """<PexenUnit Include="report" Phase="AfterTest" Command="echo reported &gt;&gt; trace" />""";

    private string Trace => Words("one/trace");

    private string Words(string file) => File.Exists(Sandbox[file]) ? string.Join(' ', File.ReadAllLines(Sandbox[file])) : "";

    private BuildRun RunTests(bool platform, params string[] more) =>
        platform ? Sandbox.RunAsIs(["test", "--project", "one/one.csproj", "--no-restore", .. more]) : Sandbox.Run(["test", "one/one.csproj", "--no-restore", .. more]);

    private StartedBuild Start(bool platform) =>
        platform ? Sandbox.StartAsIs("test", "--project", "one/one.csproj", "--no-restore") : Sandbox.Start(["test", "one/one.csproj", "--no-restore"]);

    private void Prepare(bool platform, string frameworks, string units, string file = "", string properties = "")
    {
        string runner = platform ? """, "test": { "runner": "Microsoft.Testing.Platform" }""" : "";
        string kind = platform ? "<OutputType>Exe</OutputType><EnableMSTestRunner>true</EnableMSTestRunner>" : "<IsTestProject>true</IsTestProject>";
        IEnumerable<string> packages = (platform ? TestPackages.Platform : TestPackages.VSTest)
            .Select(package => $"""<PackageReference Include="{package.Name}" Version="{package.Version}" PrivateAssets="all" />""");
        Sandbox.With("global.json", $$"""{ "msbuild-sdks": { "Pexen.Sdk": "VERSION" }{{runner}} }""")
            .With("NuGet.config", TestPackages.Configuration)
            .WithProject("one", units + string.Concat(packages), $"{frameworks}{kind}<UseAppHost>false</UseAppHost>{properties}")
            .With("one/Tests.cs", Test);
        if (platform)
        {
            Sandbox.With("Directory.Build.rsp", "-nodeReuse:false");
        }

        if (file.Length > 0)
        {
            Sandbox.With($"one/{file}", "");
        }

        Sandbox.Run("restore", "one/one.csproj").Succeeded();
    }
}
