using System.Collections.Immutable;
using Pexen.Execution;
using Pexen.Execution.Protocol;
using Pexen.Locking;
using Pexen.Model;
using Pexen.Records;

namespace Pexen.Tasks.Running;

/// <summary>The phase before tests: its services stay up, and its finalizers wait, until the tests have ended (contract 2.8).</summary>
internal sealed partial class PhaseOfBuild
{
    /// <summary>Whether tests follow.</summary>
    public bool TestsFollow { get; init; }

    /// <summary>How many test programs are started after the build; 0 if the tests are run in it.</summary>
    public int TestPrograms { get; init; }

    /// <summary>The tests have ended. Goes on with what was kept for them, if anything was; false if that failed.</summary>
    public bool LetGo()
    {
        if (HeldRun.TakeBack(task.BuildEngine, Key) is not HeldRun held)
        {
            return true;
        }

        using (held)
        {
            Conclude(held.End(Observe, cancellation));
        }

        return Succeeded;
    }

    private bool IsHeld(Plan plan) =>
        TestsFollow && StartsProcess() && plan.Units.Any(unit => unit.Definition.Service is not null || !unit.Definition.Finalizes.IsEmpty);

    /// <summary>Null: the tests may begin, and the run goes on. Else it is over.</summary>
    private RunEnd? RunUntilReady(Supervision supervision, RunRequest request, UserFolder user)
    {
        var held = new HeldRun(supervision, request, user, cancellation);
        if (held.WaitUntilReady(Observe) is not ReadyMessage ready)
        {
            return held.End(Observe, CancellationToken.None);
        }

        if (request.TestPrograms is null)
        {
            held.Keep(task.BuildEngine, Key);
        }
        else
        {
            held.Leave();
        }

        Succeeded = true;
        task.BuildLog.Tell(FormattableString.Invariant($"Pexen {run.Phase}: ready for the tests after {ready.DurationMs / 1000:0.0} s; {What(request, ready)}"));
        return null;
    }

    private static string What(RunRequest request, ReadyMessage ready)
    {
        ImmutableArray<UnitRecord> known = RunRecordReader.TryRead(ready.Record)?.Units ?? [];
        string[] up = [.. known.Where(unit => unit.Reason == "up").Select(unit => unit.Name)];
        string[] following = ready.MoreFollows
            ? [.. request.Plan.Units.Where(unit => unit.Definition.Service is not null && known.All(one => one.Name != unit.Name)).Select(unit => unit.Name)]
            : [];
        return (up.Length, following.Length) switch
        {
            (0, 0) => "finalizers follow when they have ended",
            (_, 0) => $"{string.Join(", ", up)} up until they have ended",
            (0, _) => $"{string.Join(", ", following)} will start with them",
            _ => $"{string.Join(", ", up)} up until they have ended, {string.Join(", ", following)} will start with them",
        };
    }

    /// <summary>The record of a run that is held in this build already, by another instance of the project.</summary>
    private RunRecord? HeldInBuild(string buildId) => TestsFollow ? new RunFolder(Folder).ReadyInBuild(buildId) : null;
}
