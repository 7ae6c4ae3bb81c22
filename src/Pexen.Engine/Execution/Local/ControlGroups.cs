using System.Globalization;
using System.Runtime.Versioning;

namespace Pexen.Execution.Local;

/// <summary>
/// Control groups (version 2) of attempts whose memory is limited, where they can be made: what a tree takes between two looks at it the kernel bounds, which ends
/// all of it at once when nothing can be reclaimed. One group of ours for the run, in it one for each attempt; those that are limited together lie in a group between.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class ControlGroups : IDisposable
{
    private const string Prefix = "pexen";
    private const string Together = "together";

    /// <summary>Numbers of processes are unique in it, and others may make their groups in the same place.</summary>
    private static readonly string Namespace = new FileInfo("/proc/self/ns/pid").LinkTarget?.Trim('p', 'i', 'd', ':', '[', ']') ?? "0";

    private readonly string _run;

    /// <summary>For each attempt that is limited with others: how often their limit had been broken when it started.</summary>
    private readonly Dictionary<string, long> _brokenBefore = [];
    private string? _together;
    private long _togetherCap;

    private ControlGroups(string run) => _run = run;

    /// <summary>Null where none can be made.</summary>
    public static ControlGroups? Open() => Open(
        ControlGroupPlaces.Find(ControlGroupFile.Read("/proc/self", "mountinfo") ?? "", ControlGroupFile.Read("/proc/self", "cgroup") ?? ""),
        Environment.ProcessId);

    /// <param name="places">Folders in which a group may be made.</param>
    /// <param name="host">Our process.</param>
    public static ControlGroups? Open(IEnumerable<string> places, int host)
    {
        foreach (string place in places)
        {
            RemoveLost(place);
            string run = Path.Combine(place, string.Create(CultureInfo.InvariantCulture, $"{Prefix}-{host}-{Namespace}-{Guid.NewGuid().ToString("N")[..8]}"));
            if (Make(run) && Control(run))
            {
                return new ControlGroups(run);
            }

            ControlGroupFile.Remove(run);
        }

        return null;
    }

    /// <summary>The group of an attempt, to be closed; null if it could not be made.</summary>
    /// <param name="attempt">Its number.</param>
    /// <param name="caps">What it may have.</param>
    public string? Make(int attempt, MemoryCaps caps)
    {
        string? around = caps.OfAll is long all ? _together ??= MakeTogether(all) : _run;
        if (around is null || !Directory.Exists(around))
        {
            return null;
        }

        string group = Path.Combine(around, attempt.ToString(CultureInfo.InvariantCulture));
        _brokenBefore[group] = caps.OfAll is null ? 0 : OutOfMemory(around);
        bool made = Make(group) && ControlGroupFile.Write(group, "memory.oom.group", "1") && (caps.Own is not long own || Limit(group, own));
        if (!made)
        {
            ControlGroupFile.Remove(group);
        }

        return made ? group : null;
    }

    /// <summary>Nothing of the attempt is left. Whether the kernel ended it for one of its caps, or null.</summary>
    /// <param name="group">As it was made.</param>
    /// <param name="caps">Those that it was made with.</param>
    /// <param name="seen">The most memory that it was seen to have, for kernels that do not tell.</param>
    public BrokenCap? Close(string group, MemoryCaps caps, long seen)
    {
        BrokenCap? broken = ControlGroupFile.Count(group, "memory.events", "oom_kill") > 0 ? WhatBroke(group, caps, seen) : null;
        long left = ControlGroupFile.Count(group, "memory.stat", "shmem");
        if (caps.OfAll is not null && left > 0)
        {
            // Files that it wrote to memory are nobody's now: those that run have the limit to themselves.
            _togetherCap += left;
            Limit(_together!, _togetherCap);
        }

        _brokenBefore.Remove(group);
        ControlGroupFile.Remove(group);
        return broken;
    }

    /// <summary>A group that is not empty stays; who comes after us removes it.</summary>
    public void Dispose() => RemoveAll(_run);

    /// <summary>It may have been killed for the sake of the whole machine: that is no cap of ours.</summary>
    private BrokenCap? WhatBroke(string group, MemoryCaps caps, long seen)
    {
        long peak = long.TryParse(ControlGroupFile.Read(group, "memory.peak"), CultureInfo.InvariantCulture, out long bytes) ? bytes : seen;
        if (caps.Own is not null && OutOfMemory(group) > 0)
        {
            return new BrokenCap(OfAll: false, peak);
        }

        return caps.OfAll is not null && OutOfMemory(_together!) > _brokenBefore[group] ? new BrokenCap(OfAll: true, peak) : null;
    }

    /// <summary>How often this group itself had reached its limit and nothing could be reclaimed.</summary>
    private static long OutOfMemory(string group) => ControlGroupFile.Count(group, "memory.events.local", "oom");

    private string? MakeTogether(long bytes)
    {
        string group = Path.Combine(_run, Together);
        if (Make(group) && Limit(group, bytes) && Control(group))
        {
            _togetherCap = bytes;
            return group;
        }

        ControlGroupFile.Remove(group);
        return null;
    }

    private static bool Make(string group)
    {
        try
        {
            Directory.CreateDirectory(group);
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool Control(string group) => ControlGroupFile.Write(group, "cgroup.subtree_control", "+memory");

    /// <summary>Without swap, for a limit is there so that work ends instead of swapping; where there is no swap there is no such file.</summary>
    private static bool Limit(string group, long bytes)
    {
        ControlGroupFile.Write(group, "memory.swap.max", "0");
        return ControlGroupFile.Write(group, "memory.max", bytes.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Groups of supervisors that were killed. Whoever lived in them is ended as what is left of a lost run; a group that is not empty cannot be removed.</summary>
    private static void RemoveLost(string place)
    {
        foreach (string group in Folders(place))
        {
            if (Path.GetFileName(group).Split('-') is [Prefix, string number, var space, _]
                && space == Namespace
                && int.TryParse(number, CultureInfo.InvariantCulture, out int host)
                && ProcessTable.Read(host) is null)
            {
                RemoveAll(group);
            }
        }
    }

    private static void RemoveAll(string group)
    {
        foreach (string below in Folders(group))
        {
            RemoveAll(below);
        }

        ControlGroupFile.Remove(group);
    }

    private static string[] Folders(string group)
    {
        try
        {
            return Directory.GetDirectories(group);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
