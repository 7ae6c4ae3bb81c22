using Pexen.Execution;
using Pexen.Model;
using Pexen.Records;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>Chained limits (rule 37).</summary>
[TestClass]
public sealed class ChainTests
{
    private static readonly AttemptEnd Good = new() { Unit = 0, ExitCode = 0 };

    [TestMethod]
    [TestCategory("EP-03")]
    public void AUnitTimesOut_ThoseOfItsCategoryThatAreAsLargeGoWithIt_AndNoOthers()
    {
        using Stage stage = new Stage()
            .With("master", unit => Sized("Solver", 2)(unit) with { Timeout = TimeSpan.FromSeconds(2) })
            .With("larger", Sized("solver", 3))
            .With("smaller", Sized("solver", 1))
            .With("other", Sized("render", 9))
            .With("alone", Sized("solver", 0))
            .With("queued", Sized("solver", 2), requires: "smaller")
            .With("small-queued", Sized("solver", 1), requires: "smaller")
            .With("needs-larger", requires: "larger")
            .With("needs-queued", requires: "queued");
        LetAll(stage, "master", "larger", "smaller", "other", "alone");

        stage.Play(request => request with { MaxParallel = 5 });

        Assert.AreEqual(
            """
            master TimedOut PEX3002 timeout
            larger Cancelled PEX3002 chained master
            smaller Succeeded
            other Succeeded
            alone Succeeded
            queued Skipped PEX4001 chained master
            small-queued Succeeded
            needs-larger Skipped PEX4001 chained master
            needs-queued Skipped PEX4001 chained master
            """,
            string.Join('\n', stage.Record.Units.Select(Describe)));
        Assert.IsNull(stage.Unit("queued").StartedAt);
        Assert.AreEqual("solver 3", $"{stage.Unit("larger").Limits!.Category} {stage.Unit("larger").Limits!.Size}");
        string[] said = [.. stage.Diagnostics.Where(one => one.Code == "PEX4001").Select(one => one.Message)];
        Assert.Contains("of its Category 'Solver' with at least its Size of 2: larger", said[0]);
        Assert.Contains("'master' timed out", said[1]);
    }

    [TestMethod]
    [TestCategory("EP-04")]
    public void AUnitBreaksItsMemoryLimit_TheQueuedOnesAreSkippedBeforeTheyStart()
    {
        using Stage stage = new Stage()
            .With("first", unit => unit with { Limits = new Limits { Memory = 1_000_000, Category = "c", Size = 4 } })
            .With("second", Sized("c", 4)).With("third", Sized("c", 3));
        stage.Executor.Memory = unit => unit == "first" ? 2_000_000 : 1;
        LetAll(stage, "first", "second", "third");

        stage.Play(request => request with { MaxParallel = 1 });

        Assert.AreEqual(
            "first Failed PEX3010 memory limit, second Skipped PEX4001 chained first, third Succeeded",
            string.Join(", ", stage.Record.Units.Select(Describe)));
    }

    [TestMethod]
    public void AUnitIsStoppedWithAnother_WhoCleansUpAfterAFailureRuns()
    {
        using Stage stage = new Stage()
            .With("broken", unit => Sized("c", 1)(unit) with { Timeout = TimeSpan.FromSeconds(2) })
            .With("stopped", Sized("c", 1))
            .Finalizing("clean", "stopped", unit => unit with { FinalizesOn = FinalizesOn.Failure });
        LetAll(stage, "broken", "stopped");

        stage.Play();

        Assert.AreEqual("stopped Cancelled PEX3002 chained broken", Describe(stage.Unit("stopped")));
        Assert.AreEqual("clean Succeeded", Describe(stage.Unit("clean")));
    }

    [TestMethod]
    [DataRow("a failure by its own word")]
    [DataRow("a timeout that is tried again")]
    [DataRow("a silence")]
    [DataRow("a timeout that passes")]
    public void NoLimitThatStandsForItsSizeIsBrokenForGood_NobodyGoesWithIt(string what)
    {
        using Stage stage = new Stage()
            .With("a", unit => Change(Sized("c", 1)(unit), what))
            .With("b", Sized("c", 1));
        stage.Executor.Let("b", TimeSpan.FromSeconds(10), Good);
        if (what == "a timeout that is tried again")
        {
            stage.Executor.Let("a", TimeSpan.FromSeconds(5), Good);
            stage.Executor.OnStart = _ => stage.Executor.Let("a", TimeSpan.FromSeconds(1), Good);
        }
        else
        {
            stage.Executor.Let("a", TimeSpan.FromSeconds(5), what == "a failure by its own word" ? new AttemptEnd { Unit = 0, ExitCode = 1 } : Good);
        }

        stage.Executor.Activity = _ => new AttemptActivity(TimeSpan.FromHours(1), []);

        stage.Play();

        Assert.AreEqual("Succeeded", stage.Unit("b").Outcome, Describe(stage.Unit("a")));
        Assert.AreNotEqual("a Succeeded", Describe(stage.Unit("a")));
    }

    [TestMethod]
    public void AUnitWaitsForItsNextAttempt_ItIsSkipped_AndWhatItKeptIsFree()
    {
        using Stage stage = new Stage()
            .With("broken", unit => Sized("c", 1)(unit) with { Timeout = TimeSpan.FromSeconds(3) })
            .With("resting", unit => Sized("c", 1)(unit) with { Claims = ["db"], OnCrash = Aftermath.ReleaseLocks, Timing = Timing.Default with { Retries = 1, RetryDelay = TimeSpan.FromMinutes(1) } })
            .With("waits", unit => unit with { Claims = ["db"], Priority = 1 });
        stage.Executor.Let("broken", TimeSpan.FromSeconds(10), Good);
        stage.Executor.Let("resting", TimeSpan.FromSeconds(1), new AttemptEnd { Unit = 0, Signal = 11 });

        stage.Play();

        Assert.AreEqual("resting Skipped PEX4001 chained broken", Describe(stage.Unit("resting")));
        Assert.HasCount(1, stage.Unit("resting").Attempts);
        Assert.AreEqual("waits Succeeded", Describe(stage.Unit("waits")));
    }

    private static UnitDefinition Change(UnitDefinition unit, string what) => what switch
    {
        "a timeout that is tried again" => unit with { Timeout = TimeSpan.FromSeconds(2), Timing = Timing.Default with { Retries = 1 } },
        "a silence" => unit with { Timing = Timing.Default with { IdleTimeout = TimeSpan.FromSeconds(2) } },
        "a timeout that passes" => unit with { Timeout = TimeSpan.FromSeconds(2), Timing = Timing.Default with { OnTimeout = TimeoutMeaning.Pass } },
        _ => unit,
    };

    private static Func<UnitDefinition, UnitDefinition> Sized(string category, int size) =>
        unit => unit with { Limits = new Limits { Category = category, Size = size } };

    private static void LetAll(Stage stage, params string[] names)
    {
        foreach (string name in names)
        {
            stage.Executor.Let(name, TimeSpan.FromSeconds(5), Good);
        }
    }

    private static string Describe(UnitRecord unit) =>
        string.Join(' ', new[] { unit.Name, unit.Outcome, unit.Code, unit.Reason, unit.CausedBy }.Where(part => part is not null));
}
