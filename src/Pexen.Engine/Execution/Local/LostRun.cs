using System.Diagnostics;

namespace Pexen.Execution.Local;

/// <summary>
/// Ends what a supervisor that was killed left running: processes of this user that carry the run's id in their environment, and those that carry
/// the same supervisor's mark but have emptied theirs. On Windows the job object has already done it; elsewhere nobody can be found by an environment.
/// </summary>
internal static class LostRun
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(5);

    /// <summary>Blocks until they are gone; their names and ids.</summary>
    public static IReadOnlyList<string> End(string runId)
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        var clock = Stopwatch.StartNew();
        Dictionary<int, string> names = [];
        HashSet<int> asked = [];
        HashSet<int> supervisors = [];
        for (int pause = 1; clock.Elapsed < GiveUp; pause = Math.Min(20, pause * 2))
        {
            List<ProcessEntry> left = Find(runId, supervisors);
            if (left.Count == 0)
            {
                break;
            }

            foreach (ProcessEntry process in left)
            {
                names.TryAdd(process.Id, $"{process.Name} ({process.Id})");
                int signal = clock.Elapsed < Grace ? Libc.SigTerm : Libc.SigKill;
                if (signal == Libc.SigKill || asked.Add(process.Id))
                {
                    _ = Libc.Kill(process.Id, signal);
                }
            }

            Pause(pause);
        }

        return [.. names.Values];
    }

    private static List<ProcessEntry> Find(string runId, HashSet<int> supervisors)
    {
        string mark = $"{ChildEnvironment.RunId}={runId}";
        List<ProcessEntry> others = [.. ProcessTable.ReadAll().Values.Where(process => process.Alive && process.Id != Environment.ProcessId)];
        List<ProcessEntry> found = [.. others.Where(process => ProcessTable.HasVariables(process.Id, mark))];
        foreach (ProcessEntry process in found)
        {
            // An id that lives is another's by now, and so may be the processes with its mark.
            if (Marks.ExecutorOf(process.Id) is int supervisor && ProcessTable.Read(supervisor) is not { Alive: true })
            {
                supervisors.Add(supervisor);
            }
        }

        return supervisors.Count == 0 ? found : [.. others.Where(process => found.Contains(process) || IsMarked(process, supervisors))];
    }

    private static bool IsMarked(ProcessEntry process, HashSet<int> supervisors) =>
        Marks.ExecutorOf(process.Id) is int supervisor && supervisors.Contains(supervisor);

    private static unsafe void Pause(int milliseconds) => _ = Libc.Poll(null, 0, milliseconds);
}
