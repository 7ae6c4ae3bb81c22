using Pexen.Execution;
using Pexen.Execution.Protocol;
using Pexen.Model;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>What a long run tells of itself.</summary>
[TestClass]
public sealed class StatusLineTests
{
    private static readonly AttemptEnd Well = new() { Unit = 0, ExitCode = 0 };

    [TestMethod]
    public void RunTakesMinutes_ALineComesAfterHalfAMinuteAndThenEachMinute()
    {
        using Stage stage = new Stage().With("first").With("long", Claiming("db"), "first").With("lint").With("e2e", Claiming("db"), "lint").With("deploy", null, "long");
        stage.Executor.Let("long", TimeSpan.FromSeconds(100), Well);
        stage.Executor.Let("lint", TimeSpan.FromSeconds(10), Well);

        stage.Play();

        CollectionAssert.AreEqual(
            new[]
            {
                "Pexen AfterBuild: 2 of 5 done after 30s; running: long (29s); waiting: e2e (for 'db' of long), deploy (for long)",
                "Pexen AfterBuild: 2 of 5 done after 1m 30s; running: long (1m 29s); waiting: e2e (for 'db' of long), deploy (for long)",
            },
            Lines(stage));
    }

    [TestMethod]
    public void RunTakesLessThanHalfAMinute_ItSaysNothing()
    {
        using Stage stage = new Stage().With("one");
        stage.Executor.Let("one", TimeSpan.FromSeconds(29), Well);

        stage.Play();

        Assert.IsEmpty(Lines(stage));
    }

    [TestMethod]
    public void ManyRunAndWait_TheOldestAreNamedAndTheOthersCounted()
    {
        using Stage stage = new();
        foreach (string name in new[] { "a", "b", "c", "d", "e", "f", "g", "h", "i" })
        {
            stage.With(name);
            stage.Executor.Let(name, TimeSpan.FromSeconds(50), Well);
        }

        stage.Play(request => request with { MaxParallel = 4 });

        Assert.AreEqual("Pexen AfterBuild: 0 of 9 done after 30s; running: a (30s), b (30s), c (30s) and 1 more; waiting: e (for a slot), f (for a slot), g (for a slot) and 2 more", Lines(stage)[0]);
    }

    [TestMethod]
    public void CommandOfAGroupTakesLong_TheLineSaysWhatItsUnitsWaitFor()
    {
        using Stage stage = new Stage().WithGroup("lab", change: group => group with { Hooks = new GroupHooks("open", null, null) }).With("inside", unit => unit with { Group = "lab" });
        stage.Executor.Let("lab.OnStarted", TimeSpan.FromSeconds(50), Well);

        stage.Play();

        Assert.AreEqual("Pexen AfterBuild: 0 of 1 done after 30s; waiting: inside (for OnStarted of group 'lab')", Lines(stage)[0]);
    }

    [TestMethod]
    public void UnitRestsBetweenAttempts_TheLineSaysSo()
    {
        using Stage stage = new Stage().With("flaky", unit => unit with { Timing = Timing.Default with { Retries = 1, RetryOn = RetryCauses.Failure, RetryDelay = TimeSpan.FromSeconds(60) } });
        stage.Executor.Let("flaky", 1);

        stage.Play();

        Assert.AreEqual("Pexen AfterBuild: 0 of 1 done after 30s; waiting: flaky (before attempt 2)", Lines(stage)[0]);
    }

    private static Func<UnitDefinition, UnitDefinition> Claiming(string resource) => unit => unit with { Claims = [resource] };

    private static string[] Lines(Stage stage) => [.. stage.Messages.OfType<StatusMessage>().Select(message => message.Text)];
}
