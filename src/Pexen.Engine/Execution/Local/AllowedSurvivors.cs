using System.Collections.Immutable;

namespace Pexen.Execution.Local;

/// <summary>Tells which processes of a unit may outlive it: those of the names that it lists, and what they started.</summary>
internal static class AllowedSurvivors
{
    /// <summary>The kernel keeps so many characters of a name.</summary>
    private const int KernelName = 15;

    /// <summary>Whether a process has one of the names: that of the kernel, or that of the file that it was started by.</summary>
    public static bool Has(ImmutableArray<string> names, ProcessEntry process)
    {
        string? file = null;
        foreach (string name in names)
        {
            if (process.Name == (name.Length > KernelName ? name[..KernelName] : name) || name == (file ??= FileOf(process)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The same of whatever it descends from, below the process that the unit is.</summary>
    /// <param name="names">As the unit lists them.</param>
    /// <param name="process">Not the leader.</param>
    /// <param name="leader">What the unit started; its own name is not asked.</param>
    /// <param name="processes">All there are.</param>
    public static bool Include(ImmutableArray<string> names, ProcessEntry process, int leader, Dictionary<int, ProcessEntry> processes)
    {
        for (int steps = 0; process.Id != leader && steps < processes.Count; steps++)
        {
            if (Has(names, process))
            {
                return true;
            }

            if (!processes.TryGetValue(process.Parent, out ProcessEntry parent) || parent.Id == Environment.ProcessId)
            {
                return false;
            }

            process = parent;
        }

        return false;
    }

    private static string FileOf(ProcessEntry process) => Path.GetFileName(ProcessTable.CommandLine(process.Id).Split(' ')[0]);
}
