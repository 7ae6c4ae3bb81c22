using System.Collections.Immutable;
using System.Diagnostics;
using Pexen.Execution;
using Pexen.Execution.Dispatching;
using Pexen.Execution.Exchange;
using Pexen.Execution.Local;
using Pexen.Execution.Protocol;
using Pexen.Model;
using Pexen.RecordChecking;
using Pexen.Records;

namespace Pexen.Benchmarks.Soak;

/// <summary>One run in this process, real processes and all, and whatever is wrong with what it left.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Counts">How its units ended.</param>
/// <param name="Problems">Complaints of the independent checker, and files that should be gone.</param>
internal sealed record SoakRun(string Outcome, TimeSpan Duration, OutcomeCounts Counts, IReadOnlyList<string> Problems)
{
    /// <param name="request">What to run.</param>
    /// <param name="temporary">The temporary folder of its processes.</param>
    /// <param name="cancelAfter">When it is cancelled; null for never.</param>
    public static SoakRun Play(RunRequest request, string temporary, TimeSpan? cancelAfter)
    {
        LocalExecutor.PrepareProcess();
        using IExecutor executor = LocalExecutor.Create();
        ChildEnvironment environment = ChildEnvironment.OfThisProcess();
        var dispatcher = new Dispatcher(request, executor, TimeProvider.System, _ => { }, Environment);
        using var over = new ManualResetEventSlim();
        var canceller = new Thread(() =>
        {
            if (cancelAfter is TimeSpan moment && !over.Wait(moment))
            {
                dispatcher.Cancel("the soak");
            }
        });
        canceller.Start();
        long begin = Stopwatch.GetTimestamp();
        FinishMessage finish = dispatcher.Run();
        TimeSpan duration = Stopwatch.GetElapsedTime(begin);
        over.Set();
        canceller.Join();
        return new SoakRun(finish.Outcome, duration, finish.Counts, [.. Judge(request)]);

        ImmutableArray<NamedValue> Environment(PlannedUnit unit, int attempt, int slot, InheritedVariables inherited) => environment.For(
            new AttemptIdentity(unit.Name, request.RunId, attempt, request.ProjectDirectory, slot, unit.Definition.Slots),
            [new NamedValue("TMPDIR", temporary)],
            inherited);
    }

    private static IEnumerable<string> Judge(RunRequest request)
    {
        var options = new CheckOptions
        {
            ProvideOnFailure =
            [
                .. request.Plan.Units.Where(unit => (unit.Definition.OnFailure | unit.Definition.OnCrash).HasFlag(Aftermath.Provide)).Select(unit => unit.Name),
            ],
            LogFolder = request.Folder,
        };
        foreach (Complaint complaint in RecordCheck.Folder(request.Folder, options))
        {
            yield return complaint.ToString();
        }

        var folder = new RunFolder(request.Folder);
        string[] left =
        [
            .. Directory.GetFiles(request.Folder, "*.tmp"),
            .. Directory.Exists(folder.Work) ? Directory.GetFileSystemEntries(folder.Work) : [],
            .. File.Exists(folder.Running) ? [folder.Running] : Array.Empty<string>(),
        ];
        foreach (string file in left)
        {
            yield return $"'{file}' was left";
        }
    }
}
