namespace Pexen.Execution.Local;

/// <summary>
/// Where in the tree of control groups (version 2) new ones can be made whose memory can be limited. We change no group that we did not make, and move no process
/// that we did not start: only where the memory of groups is controlled already is there a place.
/// </summary>
internal static class ControlGroupPlaces
{
    /// <param name="mounts">The text of /proc/self/mountinfo.</param>
    /// <param name="membership">The text of /proc/self/cgroup.</param>
    /// <returns>Folders, the best one first: the group of this process, then the one around it. Whether we may write there is not known.</returns>
    public static IEnumerable<string> Find(string mounts, string membership)
    {
        const string version2 = "0::/";
        string? own = membership.Split('\n').FirstOrDefault(static line => line.StartsWith(version2, StringComparison.Ordinal))?[version2.Length..].TrimEnd();
        if (own is null || own.Contains("..", StringComparison.Ordinal) || MountPoint(mounts) is not string mount)
        {
            yield break;
        }

        // A group that has processes cannot control the groups below it, unless it is the root of all.
        if (Controls(Path.Combine(mount, own)))
        {
            yield return Path.Combine(mount, own);
        }

        if (own.Length > 0 && !Bounds(Path.Combine(mount, own)) && Controls(Path.Combine(mount, Path.GetDirectoryName(own)!)))
        {
            yield return Path.Combine(mount, Path.GetDirectoryName(own)!);
        }
    }

    /// <summary>Of the mount that shows the whole tree, as far as we may know it.</summary>
    private static string? MountPoint(string mounts)
    {
        foreach (string line in mounts.Split('\n'))
        {
            // id parent device root point options fields - type source options
            string[] columns = line.Split(' ');
            int separator = Array.IndexOf(columns, "-");
            if (separator > 0 && separator + 1 < columns.Length && columns[separator + 1] == "cgroup2" && columns[3] == "/")
            {
                return columns[4].Replace(@"\040", " ", StringComparison.Ordinal);
            }
        }

        return null;
    }

    /// <summary>Whether our own group has bounds that units would get away from if they were beside it.</summary>
    private static bool Bounds(string group)
    {
        string[] unbounded = ["memory.max", "memory.high", "memory.swap.max", "cpu.max"];
        return Array.Exists(unbounded, file => ControlGroupFile.Read(group, file)?.StartsWith("max", StringComparison.Ordinal) == false)
            || !string.IsNullOrWhiteSpace(ControlGroupFile.Read(group, "cpuset.cpus"));
    }

    private static bool Controls(string group) => ControlGroupFile.Read(group, "cgroup.subtree_control")?.Split(' ', '\n').Contains("memory") == true;
}
