using Pexen.Execution;
using Pexen.Execution.Protocol;
using Pexen.Execution.Supervision;
using Pexen.Model;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>Runs that are held for test programs that start when all projects have been built (decision 83).</summary>
[TestClass]
public sealed class HeldForProgramsTests
{
    private static readonly AttemptEnd Forever = new() { Unit = 0, ExitCode = 0 };

    [TestMethod]
    public void ServiceHoldsWhatOtherProjectsMayWant_ItStartsWithTheFirstProgram()
    {
        using Stage stage = Database();
        List<string> atBuildEnd = [];
        stage.Heard = message =>
        {
            switch (message)
            {
                case ReadyMessage { MoreFollows: true }:
                    atBuildEnd.AddRange(stage.EventNames());
                    stage.Dispatcher!.Attend();
                    break;
                case ReadyMessage:
                    stage.Dispatcher!.LetGo();
                    break;
            }
        };

        FinishMessage finish = Play(stage, ResourceScope.Machine);

        Assert.AreEqual("Succeeded", finish.Outcome);
        Assert.DoesNotContain("start db", atBuildEnd);
        Assert.Contains("end early", atBuildEnd);
        Assert.AreEqual("True False", string.Join(' ', stage.Messages.OfType<ReadyMessage>().Select(ready => ready.MoreFollows)));
        Assert.AreEqual("Succeeded Succeeded stopped", $"{stage.Unit("migrate").Outcome} {stage.Unit("db").Outcome} {stage.Unit("db").Reason}");
    }

    [TestMethod]
    [DataRow(null, 1)]
    [DataRow("net10.0", 2)]
    public void ServiceHoldsWhatIsTheProjectsOwn_OnlyThatOfAFrameworkWaits(string? framework, int times)
    {
        using Stage stage = Database();
        stage.Heard = message =>
        {
            switch (message)
            {
                case ReadyMessage { MoreFollows: true }:
                    stage.Dispatcher!.Attend();
                    break;
                case ReadyMessage:
                    stage.Dispatcher!.LetGo();
                    break;
            }
        };

        Assert.AreEqual("Succeeded", Play(stage, ResourceScope.Project, framework).Outcome);
        Assert.AreEqual(times, stage.Messages.OfType<ReadyMessage>().Count());
    }

    [TestMethod]
    public void NoProgramCame_TheRunIsCancelledAndTheServiceNeverStarts()
    {
        using Stage stage = Database();
        stage.Heard = message =>
        {
            if (message is ReadyMessage)
            {
                stage.Dispatcher!.LetGo();
            }
        };

        Assert.AreEqual("Cancelled", Play(stage, ResourceScope.Machine).Outcome);
        Assert.AreEqual("Succeeded Cancelled Cancelled", $"{stage.Unit("early").Outcome} {stage.Unit("db").Outcome} {stage.Unit("migrate").Outcome}");
        Assert.DoesNotContain("start db", stage.EventNames());
    }

    [TestMethod]
    public void UnitFailsAfterTheProgramCame_ItDoesNotBegin()
    {
        using Stage stage = Database();
        stage.Executor.Let("migrate", 1);
        stage.Heard = message =>
        {
            if (message is ReadyMessage)
            {
                stage.Dispatcher!.Attend();
            }
        };

        Assert.AreEqual("Failed", Play(stage, ResourceScope.Machine).Outcome);
        Assert.AreEqual(1, stage.Messages.OfType<ReadyMessage>().Count());
        Assert.AreEqual("Succeeded stopped", $"{stage.Unit("db").Outcome} {stage.Unit("db").Reason}");
    }

    private static FinishMessage Play(Stage stage, ResourceScope scope, string? framework = null) => stage.Play(request => request with
    {
        Held = true,
        TestPrograms = new TestPrograms(1, Environment.ProcessId),
        TargetFramework = framework,
        Plan = request.Plan with { Resources = [new ResourceDefinition("port", null) { Scope = scope }] },
    });

    private static Stage Database()
    {
        Stage stage = new Stage()
            .With("early")
            .With("db", unit => unit with { Claims = ["port"], Service = new ServiceTerms(ReadyKind.Started, "", TimeSpan.FromSeconds(60)) })
            .With("migrate", requires: "db");
        stage.Executor.Let("db", TimeSpan.FromHours(3), Forever);
        return stage;
    }
}
