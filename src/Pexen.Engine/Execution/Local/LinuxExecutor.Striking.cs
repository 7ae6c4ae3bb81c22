namespace Pexen.Execution.Local;

/// <summary>
/// The first signal to trees that are due. Many can be due at the same moment, and a walk through all processes before each would make the last of them late:
/// so everybody below the leaders is told first, and whoever has gone astray is looked for afterwards.
/// </summary>
internal sealed unsafe partial class LinuxExecutor
{
    /// <summary>
    /// So many trees are killed at a time, and the next as soon as one of them is gone. All of them are not gone later for that, since the system can only end so many
    /// at once, and each is gone soon after it was killed; and we do not have to ask after hundreds of them while they die.
    /// </summary>
    private const int KilledAtOnce = 32;

    /// <summary>How long who was killed may take to be gone, in milliseconds, before we look for what keeps it.</summary>
    private const int DyingTime = 20;

    private readonly List<int> _below = [];
    private readonly List<Attempt> _due = [];
    private long _nextWalk;

    /// <summary>For whoever measures: told of each first signal to a unit's tree when it has been sent, and with 0 when all of the tree is reaped.</summary>
    public Action<int, int>? Stamp { get; set; }

    private void StrikeAtOnce(long now)
    {
        _due.Clear();
        int? room = null;
        foreach (Attempt attempt in _attention)
        {
            // Where some of it may stay, everybody has to be looked at.
            bool whole = attempt.Launch.AllowSurvivors.IsEmpty && !attempt.Exited && !attempt.TreeGone && attempt.Reply is null;
            if (!whole || attempt.Due > now || SignalFor(attempt, now) is not { } signal)
            {
                continue;
            }

            if (signal == Libc.SigKill)
            {
                room = (room ?? RoomToKill(now)) - 1;
                if (room < 0)
                {
                    attempt.Due = now + 1;
                    continue;
                }
            }

            _due.Add(attempt);
        }

        // Of few trees we ask who is in them before anybody is told: who loses its parent then, and has neither session nor environment of its unit, can still be
        // told by it. Of many at once that would take too long; they are the end of a run or a group, whose last unit answers for whoever cannot be told.
        bool few = _due.Count <= KilledAtOnce;
        if (!few)
        {
            StrikeGroups(now);
        }

        foreach (Attempt attempt in _due)
        {
            StrikeTree(attempt, SignalFor(attempt, now)!.Value, few);
            attempt.StruckAt = now;
        }
    }

    private int RoomToKill(long now) => KilledAtOnce - _attention.Count(attempt => !attempt.TreeGone && HasTimeToDie(attempt, now));

    /// <summary>Each of those who are told wants a processor at once, ours too. For the moment that it takes we do not give it, where we may keep it.</summary>
    private void StrikeGroups(long now)
    {
        bool urgent = Libc.BeUrgent();
        foreach (Attempt attempt in _due)
        {
            StrikeGroup(attempt, SignalFor(attempt, now)!.Value);
        }

        if (urgent)
        {
            Libc.BeOrdinary();
        }
    }

    private static bool HasTimeToDie(Attempt attempt, long now) => attempt.Struck == Libc.SigKill && now <= attempt.StruckAt + DyingTime;

    /// <summary>
    /// It has just been told to die, and somebody of the leader's group is not reaped yet. That is asked cheaply; a walk through all processes meanwhile would only
    /// make it take longer.
    /// </summary>
    private static bool Dying(Attempt attempt, long now) => HasTimeToDie(attempt, now) && Libc.Kill(-attempt.Leader, 0) == 0;

    /// <summary>Null when there is nothing to be said to it, or not for the first time.</summary>
    private static int? SignalFor(Attempt attempt, long now)
    {
        if (attempt.PendingStop is { } grace)
        {
            return grace > 0 ? Libc.SigTerm : Libc.SigKill;
        }

        return attempt.Ending && now >= attempt.KillAt && attempt.Struck != Libc.SigKill ? Libc.SigKill : null;
    }

    private void StrikeTree(Attempt attempt, int signal, bool withGroup)
    {
        Descendants.Read(attempt.Leader, _below);
        _below.RemoveAll(process => Libc.GroupOf(process) == attempt.Leader);
        if (withGroup)
        {
            StrikeGroup(attempt, signal);
        }

        foreach (int process in _below)
        {
            _ = Libc.Kill(process, signal);
        }

        attempt.Struck = signal;
        attempt.StruckOutside = signal == Libc.SigTerm && _below.Count > 0 ? [.. _below] : [];
    }

    /// <summary>The kernel does that in one go: nobody in it can fork away meanwhile.</summary>
    private void StrikeGroup(Attempt attempt, int signal)
    {
        _ = Libc.Kill(-attempt.Leader, signal);
        Stamp?.Invoke(attempt.Launch.Unit, signal);
    }

    /// <summary>SIGTERM for those of a tree that have not had it; and whoever is suspended takes it only when it goes on.</summary>
    private static void AskToEnd(Attempt attempt, List<ProcessEntry> members)
    {
        foreach (ProcessEntry process in members)
        {
            bool told = attempt.Struck == Libc.SigTerm && (process.Group == attempt.Leader || attempt.StruckOutside.Contains(process.Id));
            if (!told)
            {
                _ = Libc.Kill(process.Id, Libc.SigTerm);
            }

            if (process.Suspended)
            {
                _ = Libc.Kill(process.Id, Libc.SigContinue);
            }
        }
    }

    /// <summary>At most half of our time goes into walks: many trees that die at different moments have to share them.</summary>
    private bool MayWalk(long now) => _members is not null || now >= _nextWalk;

    private Dictionary<Attempt, List<ProcessEntry>> Walk()
    {
        long begin = Now;
        _processes = ProcessTable.ReadAll();
        Dictionary<Attempt, List<ProcessEntry>> members = _family.Sort(_processes);
        _nextWalk = Now + (Now - begin);
        return members;
    }
}
