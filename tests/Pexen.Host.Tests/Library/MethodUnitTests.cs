using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Versioning;
using Pexen.TestChild;

namespace Pexen.Host.Tests.Library;

/// <summary>Units of the library that are methods, called in worker processes.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class MethodUnitTests
{
    private const int Limit = 60_000;

    private static readonly string TestChild = typeof(Methods).Assembly.Location;

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task Method_GetsArgumentsAndGivesBackWhatItReturns()
    {
        UnitResult[] results = await RunAsync(
            Unit.Method(
                "typed",
                Methods.Typed,
                7,
                0.5,
                true,
                DayOfWeek.Friday,
                Guid.Empty,
                TimeSpan.FromMinutes(90),
                new DateTime(2020, 2, 3, 4, 5, 6, DateTimeKind.Utc)),
            Unit.Method("named", TestChild, "Pexen.TestChild.Methods.Many", 1, 2, 3),
            Unit.Method("later", Methods.Later),
            Unit.Method("texts", Methods.Texts),
            Unit.Method("lines", Methods.Lines),
            Unit.Method("nothing", Methods.Nothing),
            Unit.Create("inherits", context => context.Shared["return"]) with { Requires = ["later"] });

        Assert.AreEqual("7 0.5 True Friday 00000000-0000-0000-0000-000000000000 01:30:00 2020-02-03T04:05:06.0000000Z none", Of(results, "typed").Value);
        Assert.AreEqual("1+2+3", Of(results, "named").Value);
        Assert.AreEqual("42", Of(results, "later").Value);
        Assert.AreEqual("[\"a\",\"b\"]", Of(results, "texts").Value);
        Assert.AreEqual("one\ntwo END\nthree", Of(results, "lines").Value);
        Assert.IsNull(Of(results, "nothing").Value);
        Assert.AreEqual("42", Of(results, "inherits").Value);
        Assert.IsNull(Of(results, "nothing").ExitCode);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task SharedValues_ReachTheMethodAsTextAndItsChangesGoOn()
    {
        UnitResult[] results = await RunAsync(
            new SchedulerOptions { Presets = new Dictionary<string, object?> { ["wtype"] = "Terrestrial" } },
            Unit.Create("writer", context => { context.Shared["wtype"] = "Silicate"; }),
            Unit.Method("method", Methods.Share, "more") with { Requires = ["writer"] },
            Unit.Create("reader", context => $"{context.Shared["wtype"]} {context.Shared["more"]}") with { Requires = ["method"] },
            Unit.Method("ofPreset", Methods.Share, "other"));

        Assert.AreEqual("Silicate again new", Of(results, "reader").Value);
        Assert.AreEqual("Silicate again", Of(results, "method").Shared["wtype"]);
        Assert.AreEqual("Terrestrial again", Of(results, "ofPreset").Shared["wtype"]);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task MethodThrowsTheFirstTime_IsTriedAgainAndKnowsIt()
    {
        UnitResult result = (await RunAsync(Unit.Method("a", Methods.ThrowFirst) with { Retries = 3, Claims = ["x"] })).Single();

        Assert.AreEqual((Outcome.Flaky, "attempt 2"), (result.Outcome, result.Value));
        Assert.AreEqual("the first time", result.Attempts[0].Exception!.Message);
        Assert.HasCount(2, result.Attempts);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task MethodTakesTooMuchMemory_GoesWithItsWorkerAndTheNextHasAnother()
    {
        string file = Path.GetTempFileName();
        UnitResult[] results = await RunAsync(
            new SchedulerOptions { MaxParallel = 1 },
            Unit.Method("large", Methods.Allocate, 400, file) with { MemoryLimit = 300_000_000 },
            Unit.Method("small", Methods.Later) with { MemoryLimit = 1_000_000_000 });
        File.Delete(file);

        Assert.AreEqual((Outcome.Failed, "PEX3010", "memory limit"), (results[0].Outcome, results[0].Code, results[0].Reason));
        Assert.IsGreaterThan(300_000_000, results[0].PeakMemory!.Value);
        Assert.AreEqual((Outcome.Succeeded, "42"), (results[1].Outcome, results[1].Value));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ProcessorTimeOfAMethod_IsItsOwnAndNotThatOfThoseBefore()
    {
        UnitResult[] results = await RunAsync(
            new SchedulerOptions { MaxParallel = 1 }, Unit.Method("busy", Methods.Compute, 300), Unit.Method("idle", Methods.Nothing), Unit.Create("delegate", () => { }));

        Assert.IsGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(300), Of(results, "busy").ProcessorTime!.Value);
        Assert.IsInRange(TimeSpan.Zero, TimeSpan.FromMilliseconds(250), Of(results, "idle").ProcessorTime!.Value);
        Assert.IsNull(Of(results, "delegate").ProcessorTime);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task MethodThrows_ResultHasTypeMessageAndStackAndItsLockStaysHeld()
    {
        UnitResult[] results = await RunAsync(
            Unit.Method("throws", Methods.Throw, "on purpose") with { Claims = ["x"] },
            Unit.Create("other", () => { }) with { Claims = ["x"], Priority = 1 },
            Unit.Method("later", Methods.ThrowLater, "afterwards"));

        UnitResult throws = Of(results, "throws");
        Assert.AreEqual((Outcome.Failed, "PEX3001", "exception System.InvalidOperationException"), (throws.Outcome, throws.Code, throws.Reason));
        Assert.AreEqual(("System.InvalidOperationException", "on purpose"), (throws.Exception!.Type, throws.Exception.Message));
        Assert.Contains("at Pexen.TestChild.Methods.Throw(String message)", throws.Exception.StackTrace!);
        Assert.DoesNotContain("Pexen.Host", throws.Exception.StackTrace!);
        Assert.IsNull(throws.Exception.Exception);
        Assert.AreEqual((Outcome.Skipped, "held by throws"), (Of(results, "other").Outcome, Of(results, "other").Reason));
        Assert.AreEqual("afterwards", Of(results, "later").Exception!.Message);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    [DataRow(true, true, Outcome.Succeeded, Outcome.Succeeded)]
    [DataRow(false, true, Outcome.Skipped, Outcome.Succeeded)]
    [DataRow(true, false, Outcome.Succeeded, Outcome.Skipped)]
    public async Task ControlledFailure_LeavesBehindWhatItsFlagsSay(bool provide, bool releaseLocks, Outcome dependent, Outcome claimer)
    {
        UnitResult[] results = await RunAsync(
            Unit.Method("failing", Methods.Controlled, provide, releaseLocks) with { Claims = ["x"] },
            Unit.Create("dependent", () => { }) with { Requires = ["failing"] },
            Unit.Create("claimer", () => { }) with { Claims = ["x"], Priority = 1 });

        UnitResult failing = Of(results, "failing");
        Assert.AreEqual((Outcome.ControlledFailure, "known to be flaky", "try again"), (failing.Outcome, failing.Exception!.Message, failing.Exception.Details));
        Assert.AreEqual((dependent, claimer), (Of(results, "dependent").Outcome, Of(results, "claimer").Outcome));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task MethodEndsItsProcess_UnitFailsAndTheRunGoesOn()
    {
        UnitResult[] results = await RunAsync(
            new SchedulerOptions { MaxParallel = 1 },
            Unit.Method("exits", Methods.Exit, 0),
            Unit.Method("overflows", Methods.Overflow),
            Unit.Method("killed", Methods.KillSelf),
            Unit.Method("goes-on", Methods.Many, 4, 5));

        Assert.AreEqual("exits Failed, overflows Failed, killed Failed, goes-on Succeeded", string.Join(", ", results.Select(result => $"{result.Name} {result.Outcome}")));
        Assert.AreEqual(("PEX3001", "exit code 0 inside the method"), (results[0].Code, results[0].Reason));
        Assert.Contains("Stack overflow", results[1].Output!);
        Assert.AreEqual("PEX3008", results[2].Code);
        Assert.AreEqual("4+5", results[3].Value);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task MethodHangs_ItsWorkerIsKilledAndReplaced()
    {
        string file = Path.GetTempFileName();
        UnitResult[] results = await RunAsync(
            new SchedulerOptions { MaxParallel = 1, GracePeriod = TimeSpan.FromMilliseconds(100) },
            Unit.Method("deaf", Methods.HangDeaf, file) with { Timeout = TimeSpan.FromSeconds(3) },
            Unit.Method("listens", Methods.Listen, file) with { Timeout = TimeSpan.FromSeconds(3), GracePeriod = TimeSpan.FromSeconds(20) },
            Unit.Method("goes-on", Methods.Nothing));

        Assert.AreEqual("deaf TimedOut, listens TimedOut, goes-on Succeeded", string.Join(", ", results.Select(result => $"{result.Name} {result.Outcome}")));
        Assert.AreEqual("PEX3002", results[0].Code);
        Assert.Contains("stopping as asked", results[1].Output!);
        File.Delete(file);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task LoopIsLeft_WorkersEnd()
    {
        string file = Path.GetTempFileName();
        var scheduler = new Scheduler(
            [Unit.Method("quick", Methods.Pid), Unit.Method("hangs", Methods.Hang, file) with { Requires = ["quick"] }, Unit.Method("beside", Methods.Pid) with { Requires = ["quick"] }],
            new SchedulerOptions { MaxParallel = 2, GracePeriod = TimeSpan.Zero });
        List<string> workers = [];
        await foreach (UnitResult result in scheduler.RunAsync())
        {
            workers.Add(result.Output!.Split(' ')[0]);
            if (workers.Count == 2)
            {
                break;
            }
        }

        Assert.HasCount(2, workers);
        Assert.IsFalse(workers.Exists(worker => Directory.Exists($"/proc/{worker}")), string.Join(' ', workers));
        File.Delete(file);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task WorkerThatCameThrough_IsUsedAgain()
    {
        UnitResult[] results = await RunAsync(new SchedulerOptions { MaxParallel = 1 }, [.. Enumerable.Range(1, 5).Select(i => Unit.Method($"u{i}", Methods.Pid))]);

        Assert.HasCount(1, results.Select(result => result.Output!.Split(' ')[0]).Distinct());
        Assert.AreEqual("1 2 3 4 5", string.Join(' ', results.Select(result => result.Output!.Trim().Split(' ')[1])));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task MethodThatCannotBeCalled_IsCodedAndTheRunGoesOn()
    {
        string notes = Path.GetTempFileName();
        UnitResult[] results = await RunAsync(
            Unit.Method("missing", "no/such.dll", "A.B"),
            Unit.Method("no-assembly", notes, "A.B"),
            Unit.Method("misspelt", TestChild, "Pexen.TestChild.Methods.Nothin"),
            Unit.Method("two", TestChild, "Pexen.TestChild.Methods.Same", 1),
            Unit.Method("too-many", Methods.Nothing, 1),
            Unit.Method("no-number", TestChild, "Pexen.TestChild.Methods.Exit", "x"),
            Unit.Method("result", Methods.NotCarried),
            Unit.Method("shared", Methods.ShareNotCarried),
            Unit.Method("good", Methods.Nothing));

        string[] expected =
        [
            "missing PEX3003 does not exist; build it first", "no-assembly PEX3003 is not a .NET assembly", "misspelt PEX3003 Did you mean 'Nothing'",
            "two PEX3003 there are 2 public static methods", "too-many PEX3003 takes no arguments, and Arguments has 1",
            "no-number PEX3003 the argument 'x' is no Int32", "result PEX3001 cannot be carried to another process", "shared PEX3001 the shared value 'bad'",
        ];
        foreach (string line in expected)
        {
            string[] parts = line.Split(' ', 3);
            UnitResult result = Of(results, parts[0]);
            Assert.AreEqual((Outcome.Failed, parts[1]), (result.Outcome, result.Code), $"{line}: {result.Message}");
            Assert.Contains(parts[2], result.Message!);
        }

        Assert.AreEqual(Outcome.Succeeded, Of(results, "good").Outcome);
        File.Delete(notes);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    [DataRow(".NETFramework,Version=v4.8", "is built for .NETFramework 4.8")]
    [DataRow(".NETCoreApp,Version=v99.0", "is built for .NETCoreApp 99.0")]
    [DataRow(".NETStandard,Version=v2.0", null)]
    public async Task AssemblyForAnotherFramework_IsRefusedByItsName(string framework, string? refusal)
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("pexen-test-").FullName, "Other.dll");
        SaveAssembly(file, framework);

        UnitResult result = (await RunAsync(Unit.Method("other", file, "Other.Steps.Go"))).Single();

        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        Assert.AreEqual((refusal is null ? Outcome.Succeeded : Outcome.Failed, refusal is null ? null : "PEX3003"), (result.Outcome, result.Code), result.Message);
        Assert.Contains(refusal ?? "", result.Message ?? "");
    }

    [TestMethod]
    public void WhatIsWrongWithTheUnit_IsSaidWhenTheSchedulerIsMade()
    {
        PlanException wrong = Assert.ThrowsExactly<PlanException>(() => new Scheduler(
        [
            Unit.Method("form", TestChild, "Nothing()"),
            Unit.Method("carried", Methods.Many, Stream.Null),
            Unit.Method("codes", Methods.Nothing) with { SuccessExitCodes = ["3"] },
            Unit.Method("arguments", Methods.Nothing) with { Arguments = new Dictionary<string, object?> { ["a"] = 1 } },
        ]));

        Assert.AreEqual("PEX1006 form, PEX1006 carried, PEX1006 codes, PEX1006 arguments", string.Join(", ", wrong.Problems.Select(problem => $"{problem.Code} {problem.Unit}")));
        Assert.Contains("Namespace.Type.Method", wrong.Problems[0].Message);
        Assert.Contains("it lives in its own process only", wrong.Problems[1].Message);
        Assert.Contains("no exit code", wrong.Problems[2].Message);
    }

    [TestMethod]
    public void MethodThatNoWorkerCouldFind_IsRefusedWhereItIsGiven()
    {
        int local = 3;

        Assert.Contains("no lambda", Assert.ThrowsExactly<ArgumentException>(() => Unit.Method("lambda", () => local)).Message);
        Assert.Contains("public static", Assert.ThrowsExactly<ArgumentException>(() => Unit.Method("private", Of)).Message);
        Assert.Contains("generic", Assert.ThrowsExactly<ArgumentException>(() => Unit.Method("generic", Array.Empty<int>)).Message);
        Assert.Contains("not public", Assert.ThrowsExactly<ArgumentException>(() => Unit.Method("type", Inner.Hidden)).Message);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task EnvironmentFolderAndResults_AreThoseOfTheUnit()
    {
        UnitResult surroundings = (await RunAsync(Unit.Method("m", Methods.Surroundings) with
        {
            WorkingDirectory = "/",
            Environment = new Dictionary<string, string> { ["PEXEN_UNIT"] = "not this", ["LEFT_BEHIND"] = "given" },
        })).Single();

        Assert.AreEqual("/\nm\ngiven\nclean\n\n", surroundings.Output);
    }

    /// <summary>An assembly that says it is built for that framework, with a method that does nothing.</summary>
    private static void SaveAssembly(string file, string framework)
    {
        CustomAttributeBuilder builtFor = new(typeof(TargetFrameworkAttribute).GetConstructor([typeof(string)])!, [framework]);
        PersistedAssemblyBuilder assembly = new(new AssemblyName("Other"), typeof(object).Assembly, [builtFor]);
        TypeBuilder type = assembly.DefineDynamicModule("Other").DefineType("Other.Steps", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        type.DefineMethod("Go", MethodAttributes.Public | MethodAttributes.Static).GetILGenerator().Emit(OpCodes.Ret);
        type.CreateType();
        assembly.Save(file);
    }

    private static async Task<UnitResult[]> RunAsync(SchedulerOptions options, params Unit[] units)
    {
        List<UnitResult> results = [];
        await foreach (UnitResult result in new Scheduler(units, options).RunAsync())
        {
            results.Add(result);
        }

        return [.. results];
    }

    private static Task<UnitResult[]> RunAsync(params Unit[] units) => RunAsync(new SchedulerOptions { MaxParallel = 2 }, units);

    private static UnitResult Of(IEnumerable<UnitResult> results, string name) => results.Single(result => result.Name == name);

    private static class Inner
    {
        public static void Hidden()
        {
        }
    }
}
