using Pexen.Model;

namespace Pexen.Engine.Tests.Planning;

/// <summary>Which of a unit's answers to a failure held, read back from a record: warnings name it, and later phases ask whether it provided.</summary>
[TestClass]
public sealed class FailureClassTests
{
    [TestMethod]
    [DataRow(Outcome.Failed, "PEX3001", "exit code 3", "OnFailure")]
    [DataRow(Outcome.Failed, "PEX3003", "not started", "OnFailure")]
    [DataRow(Outcome.Failed, "PEX3006", "output missing", "OnFailure")]
    [DataRow(Outcome.Failed, "PEX3008", "signal 9", "OnCrash")]
    [DataRow(Outcome.Failed, "PEX3010", "memory limit", "OnCrash")]
    [DataRow(Outcome.Failed, "PEX3010", "run memory limit", "OnCrash")]
    [DataRow(Outcome.TimedOut, "PEX3002", "timeout", "OnCrash")]
    [DataRow(Outcome.TimedOut, "PEX3005", "run timeout", null)]
    [DataRow(Outcome.ControlledFailure, "PEX3001", "exit code 9", "OnControlledFailure")]
    [DataRow(Outcome.Cancelled, "PEX3010", "chained", null)]
    [DataRow(Outcome.Succeeded, null, null, null)]
    public void UnitEnded_ItsAnswerFollowsFromTheRecord(Outcome outcome, string? code, string? reason, string? metadata) =>
        Assert.AreEqual(metadata, FailureClass.Of(Unit(new CommandWork("true")), outcome, code, reason)?.Metadata);

    [TestMethod]
    [DataRow("exception System.InvalidOperationException", "OnCrash")]
    [DataRow("exit code 3 inside the method", "OnCrash")]
    [DataRow("result not carried", "OnFailure")]
    public void MethodFailed_ThrowingIsACrashAndAResultThatCannotBeCarriedIsNot(string reason, string metadata) =>
        Assert.AreEqual(metadata, FailureClass.Of(Unit(new MethodWork("a.dll", "A.B", [])), Outcome.Failed, "PEX3001", reason)?.Metadata);

    private static UnitDefinition Unit(Work work) => new() { Name = "a", WorkingDirectory = "/", Work = work };
}
