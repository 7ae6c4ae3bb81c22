namespace Pexen.Execution.Local;

/// <summary>How attempts end: polite stop of the tree, grace, kill, until nothing of it is left, and then the last of the output.</summary>
internal sealed unsafe partial class LinuxExecutor
{
    /// <summary>A process that ends right after its leader is no survivor; this long, in milliseconds, it may take.</summary>
    private const long SettleTime = 10;

    /// <summary>More than a pipe can hold.</summary>
    private const int MostInAPipe = 1 << 20;

    /// <summary>After this long in vain, in milliseconds, a process cannot be killed (it hangs in the kernel).</summary>
    private const long GiveUpTime = 10_000;

    private const int MostEmptyWalks = 20;
    private const long LongestPause = 20;

    public IReadOnlyList<string> Sweep()
    {
        EndWorkers();
        List<string> names = [];
        HashSet<int> seen = [];
        long until = Now + GiveUpTime;
        for (long pause = 1; ; pause = Math.Min(LongestPause, pause * 2))
        {
            Reap(Now);
            List<ProcessEntry> left = _childless ? [] : _family.All(ProcessTable.ReadAll());
            if (left.Count == 0 || Now > until)
            {
                break;
            }

            foreach (ProcessEntry process in left)
            {
                if (seen.Add(process.Id) && !BuildServers.Includes(process))
                {
                    names.Add(Label(process));
                }
            }

            Kill(left, Libc.SigKill, !_family.SparesAny);
            Libc.Poll(null, 0, (int)pause);
        }

        return names;
    }

    private static string Label(ProcessEntry process) => $"{process.Name} ({process.Id})";

    private void RequestStop(Attempt attempt, TimeSpan grace)
    {
        long milliseconds = (long)Math.Max(0, grace.TotalMilliseconds);
        attempt.Stopped |= !attempt.Exited && attempt.Reply is null;
        if (attempt.TreeGone)
        {
            return;
        }

        if (attempt.Ending)
        {
            attempt.KillAt = Math.Min(attempt.KillAt, Now + milliseconds);
            Schedule(attempt, attempt.KillAt);
            return;
        }

        attempt.PendingStop = Math.Min(attempt.PendingStop ?? milliseconds, milliseconds);
        Schedule(attempt, Now);
    }

    private void Schedule(Attempt attempt, long due)
    {
        if (attempt.Due == Attempt.Never)
        {
            _attention.Add(attempt);
        }

        attempt.Due = Math.Min(attempt.Due, due);
    }

    /// <summary>Does what is due; one reading of the process table serves all attempts that need it.</summary>
    private void Attend()
    {
        if (_attention.Count == 0)
        {
            return;
        }

        long now = Now;
        _members = null;
        _family.LookAgain();
        StrikeAtOnce(now);
        for (int i = _attention.Count - 1; i >= 0; i--)
        {
            Attempt attempt = _attention[i];
            if (attempt.Due <= now)
            {
                attempt.Due = Next(attempt, now);
            }

            if (attempt.Due == Attempt.Never)
            {
                _attention.RemoveAt(i);
            }
        }
    }

    /// <summary>Brings an attempt on as far as it goes now; when to come back.</summary>
    private long Next(Attempt attempt, long now)
    {
        if (attempt.PendingStop is { } grace && !attempt.TreeGone)
        {
            attempt.PendingStop = null;
            attempt.Ending = true;
            attempt.KillAt = now + grace;
            if (grace > 0)
            {
                AskToEnd(attempt, Members(attempt));
                return attempt.Exited || attempt.Reply is not null ? now + 1 : attempt.KillAt;
            }
        }

        if (!attempt.Exited && attempt.Reply is not null)
        {
            return EndCall(attempt, now);
        }

        if (!attempt.Exited)
        {
            return attempt.Ending ? EndWithLeader(attempt, now) : Attempt.Never;
        }

        if (!attempt.TreeGone && EndTree(attempt, now) is { } later)
        {
            return later;
        }

        // A stranger, or one that may stay, can hold the pipes; all that the unit itself wrote is in them.
        attempt.TreeGone = true;
        foreach (OutputPipe? pipe in attempt.Pipes)
        {
            TakeWhatIsThere(attempt, pipe);
        }

        return Finish(attempt);
    }

    private void TakeWhatIsThere(Attempt attempt, OutputPipe? pipe)
    {
        nint count;
        for (nint taken = 0; taken < MostInAPipe && pipe is not null && Libc.HasInput(pipe.Descriptor); taken += count)
        {
            count = Libc.Read(pipe.Descriptor, _buffer, BufferSize);
            if (count <= 0)
            {
                return;
            }

            Take(attempt, pipe, new ReadOnlySpan<byte>(_buffer, (int)count));
        }
    }

    private long Finish(Attempt attempt)
    {
        CloseOutput(attempt);
        if (attempt.Worker is { } worker)
        {
            CloseAll(worker);
        }

        CloseGroup(attempt);
        _family.Remove(attempt);
        _bySequence.Remove(attempt.Sequence);
        _byUnit.Remove(attempt.Launch.Unit);
        Stamp?.Invoke(attempt.Launch.Unit, 0);
        _ends.Enqueue(attempt.Finish());
        return Attempt.Never;
    }

    private long EndWithLeader(Attempt attempt, long now)
    {
        if (now < attempt.KillAt)
        {
            return attempt.KillAt;
        }

        if (Dying(attempt, now))
        {
            return now + 1;
        }

        // The group first: the kernel does that in one go, so nobody in it can fork away.
        if (attempt.Launch.AllowSurvivors.IsEmpty)
        {
            _ = Libc.Kill(-attempt.Leader, Libc.SigKill);
        }

        if (!MayWalk(now))
        {
            return _nextWalk;
        }

        Kill(Members(attempt), Libc.SigKill, attempt.Launch.AllowSurvivors.IsEmpty);
        return now + Pause(attempt);
    }

    /// <summary>Ends what the leader left. Null when there is nothing, else when to look again.</summary>
    private long? EndTree(Attempt attempt, long now)
    {
        bool below = !attempt.Exited && attempt.Reply is { Children: true };
        bool dying = false;
        if (!_childless && Dying(attempt, now))
        {
            return now + 1;
        }

        if (!below && (_childless || !_family.MayHaveLeft(attempt, out dying)))
        {
            return null;
        }

        if (dying && ++attempt.EmptyWalks < MostEmptyWalks)
        {
            return now + 1;
        }

        if (!MayWalk(now))
        {
            return _nextWalk;
        }

        List<ProcessEntry> members = Members(attempt);
        if (members.Count == 0)
        {
            // The list was read before the walk; if it still names somebody whom the walk did not meet, look again.
            _family.LookAgain();
            return _family.MayHaveLeft(attempt, out _) && ++attempt.EmptyWalks < MostEmptyWalks ? now + 1 : null;
        }

        attempt.EmptyWalks = 0;
        if (!attempt.Ending)
        {
            return EndSurvivors(attempt, members, now);
        }

        if (now < attempt.KillAt)
        {
            return Math.Min(attempt.KillAt, now + Pause(attempt));
        }

        bool refused = Kill(members, Libc.SigKill, attempt.Launch.AllowSurvivors.IsEmpty);
        KillFast(attempt);
        if (refused || now > attempt.KillAt + GiveUpTime)
        {
            attempt.Survivors.AddRange(members.Select(member => $"{Label(member)}, which could not be ended"));
            return null;
        }

        return now + Pause(attempt);
    }

    private long? EndSurvivors(Attempt attempt, List<ProcessEntry> members, long now)
    {
        attempt.SettleUntil = attempt.SettleUntil == 0 ? now + SettleTime : attempt.SettleUntil;
        if (now < attempt.SettleUntil)
        {
            return attempt.SettleUntil;
        }

        attempt.Survivors.AddRange(members.Where(member => !BuildServers.Includes(member)).Select(Label));
        attempt.Ending = true;
        attempt.KillAt = now + (long)attempt.Launch.GracePeriod.TotalMilliseconds;
        Kill(members, attempt.Launch.GracePeriod > TimeSpan.Zero ? Libc.SigTerm : Libc.SigKill, attempt.Launch.AllowSurvivors.IsEmpty);
        return now + 1;
    }

    private static long Pause(Attempt attempt) => Math.Min(LongestPause, 1L << Math.Min(attempt.Rounds++, 6));

    /// <summary>Without the worker of a method that has come back: it is no part of the unit any more.</summary>
    private List<ProcessEntry> Members(Attempt attempt)
    {
        _members ??= Walk();
        List<ProcessEntry> members = _members.GetValueOrDefault(attempt) ?? [];
        if (attempt.Reply is not null && !attempt.EndsWorker)
        {
            members.RemoveAll(member => member.Id == attempt.Leader);
        }

        if (!attempt.Launch.AllowSurvivors.IsEmpty)
        {
            Spare(attempt, members);
        }

        return members;
    }

    /// <summary>Takes those out that may outlive the unit. From the end of its leader on nobody asks for them any more.</summary>
    private void Spare(Attempt attempt, List<ProcessEntry> members)
    {
        for (int i = members.Count - 1; i >= 0; i--)
        {
            ProcessEntry member = members[i];
            if (member.Id == attempt.Leader || !AllowedSurvivors.Include(attempt.Launch.AllowSurvivors, member, attempt.Leader, _processes!))
            {
                continue;
            }

            members.RemoveAt(i);
            if (attempt.Exited || attempt.Reply is not null)
            {
                _family.Spare(member.Id);
            }
        }
    }

    /// <summary>True when we were allowed to signal none of them.</summary>
    /// <param name="processes">Which.</param>
    /// <param name="signal">What they get.</param>
    /// <param name="groups">Whether those that lead a group are killed with all of it; not where somebody in it may stay.</param>
    private static bool Kill(List<ProcessEntry> processes, int signal, bool groups)
    {
        int refused = 0;
        foreach (ProcessEntry process in processes)
        {
            // A process that leads its group: all of the group descends from it, and dies in one go, before it can fork away.
            if (groups && signal == Libc.SigKill && process.Group == process.Id)
            {
                _ = Libc.Kill(-process.Id, signal);
            }

            refused += Libc.Kill(process.Id, signal) != 0 && Libc.LastError == Libc.NotPermitted ? 1 : 0;
            if (signal == Libc.SigTerm && process.Suspended)
            {
                _ = Libc.Kill(process.Id, Libc.SigContinue);
            }
        }

        return refused > 0 && refused == processes.Count;
    }

    /// <summary>
    /// Against programs that fork and end faster than a walk is: their orphans come to us at once, and the kernel's list of our children is read in microseconds.
    /// </summary>
    private void KillFast(Attempt attempt)
    {
        KillStrays(attempt);

        // Leaders may have been reaped meanwhile, and their orphans are ours only now.
        _family.LookAgain();
    }

    private void KillStrays(Attempt attempt)
    {
        const int Rounds = 100;
        HashSet<int> told = [];
        for (int i = 0; i < Rounds; i++)
        {
            Reap(Now);
            List<ProcessEntry> strays = _childless ? [] : _family.StraysOf(attempt);

            // One that may stay has just lost the parent that may not. Its own children are no strays.
            strays.RemoveAll(stray => AllowedSurvivors.Has(attempt.Launch.AllowSurvivors, stray));
            if (!strays.Exists(stray => told.Add(stray.Id)))
            {
                // Whoever has been told dies as soon as it gets a processor; to ask again and again would only keep it from one.
                return;
            }

            told.UnionWith(strays.Select(stray => stray.Id));
            Kill(strays, Libc.SigKill, attempt.Launch.AllowSurvivors.IsEmpty);
        }
    }
}
