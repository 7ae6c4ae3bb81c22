using System.Diagnostics;
using System.Globalization;

namespace Pexen.Execution.Local;

/// <summary>
/// Finds an attempt's processes below its leader and, where /proc exists, by the marks in their environment. What left its parents and emptied its
/// environment is not found, nor is, on systems without /proc, what left its parents.
/// </summary>
internal sealed class UnixProcessTree(Launch launch) : IProcessTree
{
    private readonly string[] _mark =
    [
        $"{ChildEnvironment.RunId}={ProgramLookup.Value(launch, ChildEnvironment.RunId) ?? "\uffff"}",
        $"{ChildEnvironment.Unit}={ProgramLookup.Value(launch, ChildEnvironment.Unit) ?? "\uffff"}",
    ];

    private readonly HashSet<int> _known = [];
    private int _leader;

    public void Adopt(Process leader) => _leader = leader.Id;

    public IReadOnlyDictionary<int, string> Members() => Find().ToDictionary(process => process.Id, process => process.Name);

    public void Ask() => Signal(Libc.SigTerm);

    public void Kill() => Signal(Libc.SigKill);

    public void Dispose()
    {
    }

    private void Signal(int signal)
    {
        foreach (ProcessEntry process in Find())
        {
            _ = Libc.Kill(process.Id, signal);
        }
    }

    private List<ProcessEntry> Find()
    {
        // Whoever ends the attempt, and whoever asks how it is, may look at the same time.
        lock (_known)
        {
            return FindAlone();
        }
    }

    private List<ProcessEntry> FindAlone()
    {
        bool marks = Directory.Exists("/proc/self");
        Dictionary<int, ProcessEntry> all = marks ? ProcessTable.ReadAll() : ReadByCommand();
        List<ProcessEntry> members = [];
        foreach (ProcessEntry process in all.Values)
        {
            if (process.Alive && process.Id != Environment.ProcessId
                && (Descends(process, all) || (marks && ProcessTable.HasVariables(process.Id, _mark)))
                && !(process.Id != _leader && AllowedSurvivors.Include(launch.AllowSurvivors, process, _leader, all)))
            {
                members.Add(process);
            }
        }

        _known.UnionWith(members.Select(member => member.Id));
        _known.IntersectWith(all.Keys);
        return members;
    }

    private bool Descends(ProcessEntry process, Dictionary<int, ProcessEntry> all)
    {
        for (int steps = 0; steps < all.Count; steps++)
        {
            if (process.Id == _leader || _known.Contains(process.Id))
            {
                return true;
            }

            if (!all.TryGetValue(process.Parent, out process))
            {
                return false;
            }
        }

        return false;
    }

    private static Dictionary<int, ProcessEntry> ReadByCommand()
    {
        var all = new Dictionary<int, ProcessEntry>();
        using Process? ps = Process.Start(new ProcessStartInfo("ps", "-A -o pid=,ppid=,pgid=,state=,comm=") { RedirectStandardOutput = true });
        while (ps?.StandardOutput.ReadLine() is { } line)
        {
            string[] columns = line.Split(' ', 5, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (columns.Length == 5 && Number(columns[0]) is var pid && pid != ps.Id)
            {
                all[pid] = new(pid, Path.GetFileName(columns[4]), columns[3][0], Number(columns[1]), Number(columns[2]), 0);
            }
        }

        return all;
    }

    private static int Number(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out int value) ? value : 0;
}
