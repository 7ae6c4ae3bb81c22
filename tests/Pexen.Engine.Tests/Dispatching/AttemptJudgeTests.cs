using Pexen.Execution;
using Pexen.Execution.Dispatching;
using Pexen.Model;

namespace Pexen.Engine.Tests.Dispatching;

[TestClass]
public sealed class AttemptJudgeTests
{
    [TestMethod]
    [DataRow(129, false)]
    [DataRow(130, false)]
    [DataRow(131, true)]
    [DataRow(139, true)]
    [DataRow(140, false)]
    [DataRow(141, true)]
    [DataRow(142, false)]
    [DataRow(143, true)]
    [DataRow(152, true)]
    [DataRow(159, true)]
    [DataRow(160, false)]
    public void ShellEndsWithACodeAbove128_CrashWhereRule17SaysSo(int code, bool crash)
    {
        Assert.AreEqual(crash ? "PEX3008" : "PEX3001", Judge(Unit(new CommandWork("x")), code).Diagnostic!.Code);
        Assert.AreEqual(!crash, Judge(Unit(new ScriptWork("x", [])), code).Completion.ReleasesLocks);
        Assert.AreEqual("PEX3001", Judge(Unit(new ExecutableWork("x", [])), code).Diagnostic!.Code);
    }

    [TestMethod]
    public void HiddenSignalIsListedAsSuccess_Succeeds()
    {
        UnitDefinition unit = Unit(new CommandWork("x")) with { SuccessExitCodes = new ExitCodes([new ExitCodeRange(143, 143)]) };

        Assert.AreEqual(Outcome.Succeeded, Judge(unit, 143).Outcome);
    }

    [TestMethod]
    public void OutputCannotBeWritten_FailsByNameAndHoldsWhatItHeld()
    {
        Verdict verdict = AttemptJudge.Judge(
            Unit(new CommandWork("x")),
            new AttemptEnd { Unit = 0, Signal = 15, Stopped = true, OutputFailure = "No space left on device" },
            StopReason.None,
            null,
            windows: false);

        Assert.AreEqual("PEX3011", verdict.Diagnostic!.Code);
        Assert.IsFalse(verdict.Completion.ReleasesLocks);
    }

    [TestMethod]
    public void UnitEndsByItselfJustBeforeItIsStopped_ItsOwnWordCounts()
    {
        Verdict verdict = AttemptJudge.Judge(Unit(new CommandWork("x")), new AttemptEnd { Unit = 0, ExitCode = 0 }, StopReason.Cancelled, null, windows: false);

        Assert.AreEqual(Outcome.Succeeded, verdict.Outcome);
    }

    private static UnitDefinition Unit(Work work) => new() { Name = "u", WorkingDirectory = "/", Work = work };

    private static Verdict Judge(UnitDefinition unit, int code) =>
        AttemptJudge.Judge(unit, new AttemptEnd { Unit = 0, ExitCode = code }, StopReason.None, null, windows: false);
}
