using System.Globalization;
using Pexen.Model;

namespace Pexen.Execution.Local;

/// <summary>The processors that this process may use, in groups of which each slot can have one.</summary>
internal static class ProcessorGroups
{
    private const string Processors = "/sys/devices/system/cpu";
    private const string Nodes = "/sys/devices/system/node";

    /// <summary>Null where the system cannot bind processes to processors, or does not tell.</summary>
    public static int[][]? Of(Affinity affinity)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            int[] allowed = Libc.ProcessorsOf(0);
            return affinity switch
            {
                Affinity.Thread => [.. allowed.Select(processor => new[] { processor })],
                Affinity.Core => Group(allowed, processor => File.ReadAllText($"{Processors}/cpu{processor}/topology/thread_siblings_list")),
                Affinity.Node => Group(allowed, NodeOf()),
                _ => null,
            };
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    /// <summary>A list as the kernel writes it: <c>0-3,8</c>.</summary>
    public static IEnumerable<int> Parse(string list)
    {
        foreach (string range in list.Trim().Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = range.Split('-');
            int first = int.Parse(ends[0], CultureInfo.InvariantCulture);
            int last = int.Parse(ends[^1], CultureInfo.InvariantCulture);
            for (int processor = first; processor <= last; processor++)
            {
                yield return processor;
            }
        }
    }

    private static Func<int, string> NodeOf()
    {
        Dictionary<int, string> nodes = [];
        foreach (string folder in Directory.EnumerateDirectories(Nodes, "node*"))
        {
            foreach (int processor in Parse(File.ReadAllText($"{folder}/cpulist")))
            {
                nodes[processor] = folder;
            }
        }

        return processor => nodes.GetValueOrDefault(processor, "");
    }

    /// <summary>In the order of their first processors.</summary>
    private static int[][] Group(int[] allowed, Func<int, string> key) =>
        [.. allowed.GroupBy(key).Select(group => group.ToArray())];
}
