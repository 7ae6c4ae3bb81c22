namespace Pexen.Engine.Tests.Library;

[TestClass]
public sealed class PlanTests : LibraryTests
{
    [TestMethod]
    [TestCategory("PX-18")]
    [TestCategory("PX-T10")]
    public void NobodyProvidesWhatIsRequired_IsSaidWhenTheSchedulerIsMade()
    {
        PlanException problem = Assert.ThrowsExactly<PlanException>(() => new Scheduler([Nothing("a") with { Requires = ["nowhere"] }]));

        Assert.AreEqual("PEX1002 a", CodesOf(problem));
        Assert.Contains("\"nowhere\"", problem.Message);
    }

    [TestMethod]
    [TestCategory("PX-19")]
    public void NobodyRequiresWhatIsProvided_IsOneWarning()
    {
        var scheduler = new Scheduler([Nothing("a") with { Provides = ["thing"] }]);

        Assert.AreEqual("PEX2001", scheduler.Warnings.Single().Code);
        Assert.AreEqual("warning", scheduler.Warnings.Single().Severity);
        Assert.Contains("\"a\" provides \"thing\"", scheduler.Warnings.Single().Message);
    }

    [TestMethod]
    [TestCategory("PX-20")]
    public void ClaimedAndUsed_NamesTheResources()
    {
        PlanException problem = Assert.ThrowsExactly<PlanException>(
            () => new Scheduler([Nothing("a") with { Uses = ["1", "2", "3"], Claims = ["4", "2", "3", "6"] }]));

        Assert.AreEqual("PEX1005 a, PEX1005 a", CodesOf(problem));
        Assert.Contains("claims and uses \"2\"", problem.Message);
        Assert.Contains("claims and uses \"3\"", problem.Message);
    }

    [TestMethod]
    [TestCategory("PX-35")]
    public void ArgumentsForADelegateThatTakesNone_AreRefused()
    {
        PlanException problem = Assert.ThrowsExactly<PlanException>(
            () => new Scheduler([Nothing("a") with { Arguments = new Dictionary<string, object?> { ["x"] = 1 } }]));

        Assert.AreEqual("PEX1006 a", CodesOf(problem));
    }

    [TestMethod]
    [TestCategory("PX-36")]
    public void Lists_TakeArraysListsAndSetsButNoString()
    {
        Unit unit = Nothing("a") with { Provides = new HashSet<string> { "x" }, Claims = new List<string> { "y" }, Uses = new[] { "z" } };

        Assert.IsEmpty(new Scheduler([unit, Nothing("b") with { Requires = ["x"] }]).Warnings);
        Assert.IsFalse(typeof(Unit).GetProperty(nameof(Unit.Requires))!.PropertyType.IsAssignableFrom(typeof(string)));
        Assert.ThrowsExactly<ArgumentNullException>(() => unit with { Requires = null! });
    }

    [TestMethod]
    [TestCategory("PX-R4")]
    [TestCategory("PX-R5")]
    [TestCategory("PX-T9")]
    public void Circle_IsNamedUnitByUnit()
    {
        PlanException circle = Assert.ThrowsExactly<PlanException>(() => new Scheduler(
            [Nothing("a") with { Requires = ["c"] }, Nothing("b") with { Requires = ["a"] }, Nothing("c") with { Requires = ["b"] }]));
        PlanException itself = Assert.ThrowsExactly<PlanException>(() => new Scheduler([Nothing("a") with { Requires = ["a"] }]));

        Assert.AreEqual("PEX1004 a", CodesOf(circle));
        Assert.Contains("a -> c -> b -> a", circle.Message);
        Assert.Contains("a -> a", itself.Message);
    }

    [TestMethod]
    public void EverythingThatIsWrong_IsSaidAtOnce()
    {
        PlanException problem = Assert.ThrowsExactly<PlanException>(() => new Scheduler(
            [
                Nothing("a") with { Provides = ["x one.two"], Slots = 0 },
                Nothing("A") with { Requires = ["y [1,"], Timeout = TimeSpan.FromSeconds(-1) },
                Nothing("../b") with { Uses = ["gpu*9"] },
                Nothing("c") with { Uses = ["gpu*0"], Claims = [null!], RequiresAny = ["a||b"], GracePeriod = TimeSpan.FromTicks(-1) },
                Nothing("d") with { SuccessExitCodes = ["7"] },
                Unit.Process("e", "true") with { SuccessExitCodes = ["7-"], WorkingDirectory = "", Environment = new Dictionary<string, string> { ["A=B"] = "" } },
            ],
            new SchedulerOptions { Resources = [new Resource("gpu", 4), new Resource("gpu", 5), new Resource("cpu", 0), new Resource("/x")] }));

        string[] expected =
        [
            "PEX1006 a", "PEX1006 a", "PEX1006 A", "PEX1006 A", "PEX1006 ../b", "PEX1006 c", "PEX1006 c", "PEX1006 c", "PEX1006 c", "PEX1006 d", "PEX1006 e",
            "PEX1006 e", "PEX1006 e", "PEX1006 ", "PEX1006 ", "PEX1006 ", "PEX1001 A", "PEX1010 ../b",
        ];
        Assert.AreEqual(string.Join('\n', expected.Order()), string.Join('\n', CodesOf(problem).Split(", ").Order()), problem.Message);
    }

    [TestMethod]
    public async Task AddedUnitsThatFitOnlyTogether_AreLookedAtWhenTheRunBegins()
    {
        var scheduler = new Scheduler([]);
        scheduler.Add(Nothing("a") with { Requires = ["b"] });
        Assert.AreEqual("PEX1002 a", CodesOf(Assert.ThrowsExactly<PlanException>(() => scheduler.RunAsync())));

        scheduler.Add(Nothing("b"));

        Assert.AreEqual("b Succeeded, a Succeeded", Text(await RunAsync(scheduler)));
    }

    [TestMethod]
    public async Task NameThatIsTaken_IsRefusedWithAllThatCameWithIt()
    {
        var scheduler = new Scheduler([Nothing("a")]);

        Assert.AreEqual("PEX1001 A", CodesOf(Assert.ThrowsExactly<PlanException>(() => scheduler.Add(Nothing("b"), Nothing("A")))));
        Assert.AreEqual("PEX1001 b", CodesOf(Assert.ThrowsExactly<PlanException>(() => scheduler.Add(Nothing("b"), Nothing("b")))));

        Assert.AreEqual("a Succeeded", Text(await RunAsync(scheduler)));
    }

    [TestMethod]
    public void NoUnit_IsAnArgumentThatIsWrong()
    {
        Assert.ThrowsExactly<ArgumentNullException>(() => new Scheduler(null!));
        Assert.ThrowsExactly<ArgumentException>(() => new Scheduler([null!]));
        Assert.ThrowsExactly<ArgumentException>(() => new Scheduler([]).Add(Nothing("a"), null!));
        Assert.ThrowsExactly<ArgumentNullException>(() => Unit.Create(null!, () => { }));
        Assert.ThrowsExactly<ArgumentNullException>(() => Unit.Create("a", (Action)null!));
        Assert.ThrowsExactly<ArgumentException>(() => Unit.Create("a", () => default(ValueTask)));
        Assert.ThrowsExactly<ArgumentException>(() => Unit.Create("a", _ => new ValueTask<int>(1)));
        Assert.ThrowsExactly<ArgumentException>(() => Unit.Process("a", " "));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SchedulerOptions { MaxParallel = 0 });
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SchedulerOptions { MaxFailures = 0 });
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SchedulerOptions { Timeout = TimeSpan.FromTicks(-1) });
    }

    [TestMethod]
    [TestCategory("PX-T6")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task TenThousandUnitsAddedOneByOne_AllRun()
    {
        var scheduler = new Scheduler([]);
        for (int number = 0; number < 10_000; number++)
        {
            scheduler.Add(Nothing($"u{number}") with { Requires = number == 0 ? [] : [$"u{(number - 1) / 2}"], Uses = ["all"], Claims = [$"c{number % 7}"] });
            if (number == 0)
            {
                scheduler.Add(Nothing("u") with { Requires = ["u0"] });
            }
        }

        Assert.AreEqual(10_001, (await RunAsync(scheduler)).Count(result => result.Outcome == Outcome.Succeeded));
    }

    private static string CodesOf(PlanException problem) => string.Join(", ", problem.Problems.Select(one => $"{one.Code} {one.Unit}"));
}
