using System.Diagnostics;

namespace Pexen.Execution.Local;

/// <summary>Ends what a supervisor that was killed left running: processes of this user that carry the run's id in their environment.
/// On Windows the job object has already done it; elsewhere nobody can be found by an environment.</summary>
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
        for (int pause = 1; clock.Elapsed < GiveUp; pause = Math.Min(20, pause * 2))
        {
            List<ProcessEntry> left = Find(runId);
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

    private static List<ProcessEntry> Find(string runId)
    {
        string mark = $"{ChildEnvironment.RunId}={runId}";
        int self = Environment.ProcessId;
        return [.. ProcessTable.ReadAll().Values.Where(process => process.Alive && process.Id != self && ProcessTable.HasVariables(process.Id, mark))];
    }

    private static unsafe void Pause(int milliseconds) => _ = Libc.Poll(null, 0, milliseconds);
}
