using NuGet.Versioning;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Engine.Tests.Planning;

/// <summary>Single values: what is read, and what is refused with a text that says what is allowed.</summary>
[TestClass]
public sealed class ValueTests
{
    [TestMethod]
    [DataRow("250ms", 250)]
    [DataRow("90s", 90_000)]
    [DataRow("5m", 300_000)]
    [DataRow("2h", 7_200_000)]
    [DataRow("00:01:30", 90_000)]
    [DataRow("100:00:00", 360_000_000)]
    [DataRow("00:00:01.5", 1_500)]
    [DataRow("0s", 0)]
    public void Duration_IsRead(string text, double milliseconds)
    {
        Assert.IsNull(DurationText.Parse(text, out TimeSpan value));
        Assert.AreEqual(milliseconds, value.TotalMilliseconds);
    }

    [TestMethod]
    [DataRow("10", "write 10s")]
    [DataRow("-5s", "negative")]
    [DataRow("9000h", "longest")]
    [DataRow("99999999999999999999999s", "longest")]
    [DataRow("1:2", "hh:mm:ss")]
    [DataRow("00:61:00", "hh:mm:ss")]
    [DataRow("5 minutes", "250ms")]
    [DataRow("s", "250ms")]
    [DataRow("1d", "250ms")]
    [DataRow("٣s", "250ms")]
    public void BadDuration_SaysWhatIsAllowed(string text, string says)
    {
        Diagnostic problem = Declare.ReadBad("Timeout", text);
        Assert.AreEqual("PEX1006", problem.Code);
        Assert.Contains(says, problem.Message);
        Assert.Contains($"Timeout=\"{text}\"", problem.Message);
        Assert.AreEqual("a", problem.Unit);
    }

    [TestMethod]
    public void ZeroTimeout_IsNone_AndZeroGraceKillsAtOnce()
    {
        Assert.IsNull(Declare.ReadGood("Timeout", "0s").Timeout);
        Assert.AreEqual(TimeSpan.Zero, Declare.ReadGood("GracePeriod", "0s").GracePeriod);
    }

    [TestMethod]
    [DataRow("Priority", "high")]
    [DataRow("Priority", "1.5")]
    [DataRow("Priority", "99999999999")]
    [DataRow("Slots", "0")]
    [DataRow("Slots", "-1")]
    [DataRow("Slots", "two")]
    [DataRow("CleanOutputs", "maybe")]
    [DataRow("CleanOutputs", "1")]
    [DataRow("ContinueOnError", "sometimes")]
    [DataRow("ShowOutput", "2")]
    [DataRow("ShowOutput", "Often")]
    [DataRow("ParseDiagnostics", "yes")]
    [DataRow("RunPer", "Solution")]
    [DataRow("OnFailure", "Release")]
    [DataRow("OnFailure", "None;Provide")]
    [DataRow("OnCrash", "2")]
    [DataRow("OnControlledFailure", "ReleaseLocks|Provide")]
    [DataRow("SuccessExitCodes", "0..7")]
    [DataRow("SuccessExitCodes", "7-0")]
    [DataRow("SkipExitCodes", "abc")]
    [DataRow("ControlledExitCodes", "99999999999")]
    [DataRow("Provides", "a b c")]
    [DataRow("Provides", "x one")]
    [DataRow("Provides", "\"\"")]
    [DataRow("Requires", "x [1,2")]
    [DataRow("Requires", "x [2,1]")]
    [DataRow("Requires", "x 1.x")]
    [DataRow("Requires", "a*b")]
    [DataRow("RequiresAny", "a||b")]
    [DataRow("After", "../x")]
    [DataRow("Claims", "/net")]
    [DataRow("Claims", "net//ipv4")]
    [DataRow("Claims", "gpu*2")]
    [DataRow("Uses", "gpu*0")]
    [DataRow("Uses", "gpu*x")]
    [DataRow("Uses", "gpu*-1")]
    [DataRow("EnvironmentVariables", "NAME")]
    [DataRow("EnvironmentVariables", "=x")]
    [DataRow("Outputs", "\"\"")]
    [DataRow("AddTo", "Com pile")]
    [DataRow("AddToMetadata", "Identity=x")]
    [DataRow("AddToMetadata", "no")]
    [DataRow("Phase", "after build")]
    [DataRow("Phase", "../x")]
    [DataRow("Arguments", "-v")]
    [DataRow("Command", "a%00b")]
    [DataRow("IdleTimeout", "30")]
    [DataRow("IdleTimeout", "-1s")]
    [DataRow("TotalTimeout", "99999999999999999999h")]
    [DataRow("SlowAfter", "never")]
    [DataRow("StartDelay", "1 s")]
    [DataRow("Preemptible", "sometimes")]
    [DataRow("AllowSurvivors", "ok;/usr/bin/postgres")]
    [DataRow("Size", "-1")]
    [DataRow("Size", "1.5")]
    [DataRow("Size", "99999999999")]
    [DataRow("Category", "a;b")]
    [DataRow("MemoryLimit", "512")]
    [DataRow("MemoryLimit", "0MB")]
    [DataRow("MemoryLimit", "-1GB")]
    [DataRow("MemoryLimit", "100KB")]
    [DataRow("MemoryLimit", "99999999999999999999TB")]
    [DataRow("MemoryLimit", "10000000TB")]
    [DataRow("Retries", "-1")]
    [DataRow("Retries", "1001")]
    [DataRow("Retries", "99999999999")]
    [DataRow("Retries", "many")]
    [DataRow("RetryDelay", "6m")]
    [DataRow("RetryDelay", "-1s")]
    [DataRow("RetryBackoff", "0.5")]
    [DataRow("RetryBackoff", "NaN")]
    [DataRow("RetryBackoff", "Infinity")]
    [DataRow("RetryBackoff", "1,5")]
    [DataRow("RetryBackoff", "-2")]
    [DataRow("RetryBackoff", "1e9")]
    [DataRow("RetryOn", "Sometimes")]
    [DataRow("RetryOn", "None")]
    [DataRow("RetryOn", "5-3")]
    [DataRow("RetryOn", "Failure;0")]
    [DataRow("OnTimeout", "Ignore")]
    [DataRow("OnTimeout", "1")]
    public void BadValue_IsNamedWithUnitAndMetadata(string metadata, string value)
    {
        Diagnostic problem = Declare.ReadBad(metadata, value);
        Assert.AreEqual("PEX1006", problem.Code);
        Assert.AreEqual(Severity.Error, problem.Severity);
        Assert.AreEqual("a", problem.Unit);
        Assert.AreSame(Declare.Project, problem.Location);
        Assert.Contains(metadata, problem.Message);
        Assert.StartsWith("Unit \"a\"", problem.Message);
    }

    [TestMethod]
    [DataRow("ReleaseLocks;Provide")]
    [DataRow("ReleaseLocks%3BProvide")]
    [DataRow("releaselocks%2C provide;")]
    [DataRow("ReleaseLocks,Provide")]
    public void WordsOfAnAftermath_AreSeparatedHoweverTheSeparatorComes(string text)
    {
        const Aftermath Both = Aftermath.ReleaseLocks | Aftermath.Provide;
        Assert.AreEqual(Both, Declare.ReadGood("OnFailure", text).OnFailure);
        Assert.AreEqual(Both, Declare.ReadGood("OnCrash", text).OnCrash);
        Assert.AreEqual(Both, Declare.ReadGood("OnControlledFailure", text).OnControlledFailure);
        Assert.AreEqual(Both, SettingsReader.Read(new Dictionary<string, string> { ["PexenOnCrash"] = text }, 8, Declare.Project, []).OnCrash);
    }

    [TestMethod]
    public void LogLimit_IsASizeAndPartOfTheDefinition()
    {
        UnitDefinition unit = Declare.ReadGood("LogLimit", "20MB");
        Assert.AreEqual(20_000_000, unit.LogLimit);
        Assert.AreNotEqual(Declare.ReadGood("LogLimit", "21MB").Digest, unit.Digest);
        Assert.Contains("1GB", Declare.ReadBad("LogLimit", "20").Message);
    }

    [TestMethod]
    public void EverythingAboutTime_IsReadAndPartOfTheDefinition()
    {
        UnitDefinition plain = Declare.ReadGood("Priority", "0");
        Assert.AreSame(Timing.Default, plain.Timing);
        (string Name, string Text, Func<Timing, object?> Get, object? Value)[] all =
        [
            ("IdleTimeout", "30s", timing => timing.IdleTimeout, TimeSpan.FromSeconds(30)),
            ("TotalTimeout", "1h", timing => timing.TotalTimeout, TimeSpan.FromHours(1)),
            ("SlowAfter", "0s", timing => timing.SlowAfter, null),
            ("StartDelay", "250ms", timing => timing.StartDelay, TimeSpan.FromMilliseconds(250)),
            ("OnTimeout", "pass", timing => timing.OnTimeout, TimeoutMeaning.Pass),
            ("Retries", "2", timing => timing.Retries, 2),
            ("RetryDelay", "5m", timing => timing.RetryDelay, TimeSpan.FromMinutes(5)),
            ("RetryBackoff", "1.5", timing => timing.RetryBackoff, 1.5),
            ("RetryOn", "crash; NotStarted", timing => timing.RetryOn, RetryCauses.Crash | RetryCauses.NotStarted),
        ];
        foreach ((string name, string text, Func<Timing, object?> get, object? value) in all)
        {
            UnitDefinition unit = Declare.ReadGood(name, text);
            Assert.AreEqual(value, get(unit.Timing), name);
            Assert.AreNotEqual(plain.Digest, unit.Digest, name);
        }
    }

    [TestMethod]
    public void MemoryLimit_IsReadAndPartOfTheDefinition()
    {
        UnitDefinition plain = Declare.ReadGood("Priority", "0");
        Assert.AreSame(Limits.Default, plain.Limits);
        UnitDefinition unit = Declare.ReadGood("MemoryLimit", "512MB");
        Assert.AreEqual(512_000_000, unit.Limits.Memory);
        Assert.AreNotEqual(plain.Digest, unit.Digest);
        Assert.AreNotEqual(Declare.ReadGood("MemoryLimit", "2GB").Digest, unit.Digest);
        Assert.IsFalse(Declare.ReadGood("Preemptible", "false").Limits.Preemptible);
        Assert.AreEqual("a b", string.Join(' ', Declare.ReadGood("AllowSurvivors", "a; b;a").AllowSurvivors));
        Assert.AreNotEqual(plain.Digest, Declare.ReadGood("AllowSurvivors", "a").Digest);
        Assert.AreEqual(3, Declare.ReadGood("Size", "3").Limits.Size);
        Assert.AreEqual("solvers", Declare.ReadGood("Category", "solvers").Limits.Category);
    }

    [TestMethod]
    public void RetryOn_TakesExitCodesBesidesWords()
    {
        Timing timing = Declare.ReadGood("RetryOn", "75; Memory; 100-110").Timing;
        Assert.AreEqual(RetryCauses.Memory, timing.RetryOn);
        CollectionAssert.AreEqual(new[] { 75, 100, 110 }, new[] { 74, 75, 99, 100, 110, 111 }.Where(timing.RetryOnExitCodes.Contains).ToArray());
    }

    [TestMethod]
    public void ProjectGivesDefaultsOfTime_UnitsHaveThemUnlessTheySayOtherwise()
    {
        List<Diagnostic> problems = [];
        ProjectSettings settings = SettingsReader.Read(
            new Dictionary<string, string> { ["PexenDefaultIdleTimeout"] = "30s", ["PexenSlowAfter"] = "5s", ["PexenDefaultRetries"] = "2" }, 8, Declare.Project, problems);
        Assert.IsEmpty(problems);
        Assert.AreEqual("00:00:30 00:00:05 2", $"{settings.Timing.IdleTimeout} {settings.Timing.SlowAfter} {settings.Timing.Retries}");
    }

    [TestMethod]
    public void ExitCodes_AreSetsOfRanges()
    {
        ExitCodes codes = Declare.ReadGood("SuccessExitCodes", "0-7;12;-3").SuccessExitCodes;
        int[] contained = [.. Enumerable.Range(-5, 20).Where(codes.Contains)];
        CollectionAssert.AreEqual(new[] { -3, 0, 1, 2, 3, 4, 5, 6, 7, 12 }, contained);
    }

    [TestMethod]
    [DataRow("SuccessExitCodes", "1", true, DisplayName = "Besides those listed")]
    [DataRow("SuccessExitCodes", "0-7", true)]
    [DataRow("SkipExitCodes", "77", true)]
    [DataRow("SkipExitCodes", "0", false)]
    [DataRow("ControlledExitCodes", "0;3", false)]
    public void Zero_IsSuccessUnlessAnotherListHasIt(string list, string codes, bool success) =>
        Assert.AreEqual(success, Declare.ReadGood(list, codes).SuccessExitCodes.Contains(0));

    [TestMethod]
    public void OneExitCodeInTwoLists_IsRefused()
    {
        List<Diagnostic> problems = Declare.Read(Declare.Unit("a", ("SkipExitCodes", "3-5"), ("SuccessExitCodes", "0;4"))).Problems;
        Assert.HasCount(1, problems);
        Assert.Contains("exit code 4", problems[0].Message);
    }

    [TestMethod]
    [DataRow("1.2", "1.2", true)]
    [DataRow("1.2", "2.0", true, DisplayName = "A bare version is at least")]
    [DataRow("1.2", "1.1", false)]
    [DataRow("[1.2]", "1.2.0", true)]
    [DataRow("[1.2]", "1.2.1", false)]
    [DataRow("[1,2)", "1.0", true)]
    [DataRow("[1,2)", "1.9.9", true)]
    [DataRow("[1,2)", "2.0", false)]
    [DataRow("[1,2)", "2.0-beta", false)]
    [DataRow("[1,2)", "1.5-beta", false)]
    [DataRow("[1.0-alpha,2)", "1.5-beta", true)]
    [DataRow("[1.0-alpha,2)", "2.0-beta", false)]
    [DataRow("[1.0-alpha,2]", "2.0-beta", true)]
    [DataRow("[1,2.0-rc)", "2.0-beta", true)]
    [DataRow("(,3]", "3.0", true)]
    [DataRow("(,3]", "0.1", true)]
    [DataRow("(,3]", "3.0.1", false)]
    [DataRow("(1,2)", "1.0", false)]
    [DataRow("1.*", "1.0", true)]
    [DataRow("1.*", "1.99", true)]
    [DataRow("1.*", "2.0", false)]
    [DataRow("1.*", "0.9", false)]
    [DataRow("1.*", "1.5-beta", false)]
    [DataRow("1.*-*", "1.5-beta", true)]
    [DataRow("1.2.*", "1.2.7", true)]
    [DataRow("1.2.*", "1.3.0", false)]
    [DataRow("*", "7.0", true)]
    [DataRow("[1.2]", "1.2+build5", true, DisplayName = "Build metadata is ignored")]
    [DataRow("[ 1.0 , 2.0 )", "1.5", true)]
    public void Ranges_MeanWhatRule2Says(string range, string version, bool matches)
    {
        Assert.IsNull(VersionText.ParseRange(range, out VersionRange? read));
        Assert.AreEqual(matches, VersionText.Matches(read!, NuGetVersion.Parse(version)));
    }

    [TestMethod]
    [DataRow("1.*.2")]
    [DataRow("[1,2.*)")]
    [DataRow("[2.*,1]")]
    [DataRow("1.*-")]
    [DataRow("1.2-beta*x")]
    [DataRow("(1.2)")]
    [DataRow("(1,1)")]
    [DataRow("[2,1]")]
    [DataRow("latest")]
    [DataRow("1.2.3.4.5")]
    public void MalformedRange_IsRefused(string range) => Assert.IsNotNull(VersionText.ParseRange(range, out _));

    [TestMethod]
    [DataRow("Timeout", "PexenTimeout", "abc")]
    [DataRow("MaxParallel", "PexenMaxParallel", "0")]
    [DataRow("FailurePolicy", "PexenFailurePolicy", "Stop")]
    [DataRow("LogLimit", "PexenLogLimit", "1000")]
    [DataRow("History", "PexenHistory", "off")]
    [DataRow("GracePeriod", "PexenGracePeriod", "60")]
    [DataRow("IdleTimeout", "PexenDefaultIdleTimeout", "60")]
    [DataRow("SlowAfter", "PexenSlowAfter", "-60s")]
    [DataRow("Retries", "PexenDefaultRetries", "-1")]
    [DataRow("MemoryKind", "PexenMemoryKind", "All")]
    [DataRow("Affinity", "PexenAffinity", "Socket")]
    [DataRow("MemoryLimit", "PexenMemoryLimit", "0GB")]
    public void BadProperty_IsNamed_AndItsDefaultHolds(string _, string property, string value)
    {
        List<Diagnostic> problems = [];
        ProjectSettings settings = SettingsReader.Read(new Dictionary<string, string> { [property] = value }, 8, Declare.Project, problems);
        Assert.HasCount(1, problems);
        Assert.AreEqual("PEX1006", problems[0].Code);
        Assert.Contains($"{property}=\"{value}\"", problems[0].Message);
        Assert.AreEqual(new ProjectSettings { MaxParallel = 8 } with { Units = settings.Units }, settings);
    }

    [TestMethod]
    public void Properties_AreRead()
    {
        List<Diagnostic> problems = [];
        ProjectSettings settings = SettingsReader.Read(
            new Dictionary<string, string>
            {
                ["PexenMaxParallel"] = "3",
                ["PexenTimeout"] = "1h",
                ["PexenFailurePolicy"] = "failfast",
                ["PexenLogLimit"] = "64KB",
                ["PexenUnits"] = "a,b;c%3Bd",
                ["PexenOnCrash"] = "ReleaseLocks;Provide",
                ["PexenHistory"] = "",
            },
            8,
            Declare.Project,
            problems);
        Assert.IsEmpty(problems);
        Assert.AreEqual(3, settings.MaxParallel);
        Assert.AreEqual(TimeSpan.FromHours(1), settings.Timeout);
        Assert.AreEqual(FailurePolicy.FailFast, settings.FailurePolicy);
        Assert.AreEqual(64_000, settings.LogLimit);
        Assert.AreEqual(Aftermath.ReleaseLocks | Aftermath.Provide, settings.OnCrash);
        CollectionAssert.AreEqual(new[] { "a", "b", "c", "d" }, settings.Units.ToArray());
    }
}
