using System.Runtime.Versioning;

namespace Pexen.Execution.Local;

/// <summary>
/// Tells which processes belong to which attempt. As sub-reaper the executor is an ancestor of all of them: under a known leader that settles it;
/// whoever lost its leader has become a child of ours, a stray, and is told by its session, its group, its mark, or its environment.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class Family(int host) : IDisposable
{
    private readonly Dictionary<int, Attempt> _leaders = [];
    private readonly Dictionary<int, Attempt> _bySequence = [];

    /// <summary>Strays seen so far and whose they are; null: nobody can tell. Valid until we reap them, for till then the id is theirs.</summary>
    private readonly Dictionary<int, Attempt?> _strays = [];

    /// <summary>Strays that may outlive their unit. Nobody asks for them any more.</summary>
    private readonly HashSet<int> _spared = [];
    private readonly ChildrenFile _children = new(host);

    /// <summary>The last look at our children: whose strays were alive, and whose were dead but not reaped.</summary>
    private readonly HashSet<Attempt> _alive = [];
    private readonly HashSet<Attempt> _dying = [];
    private bool _aliveOfNobody;
    private bool _dyingOfNobody;
    private bool _seen;

    public void Add(Attempt attempt)
    {
        _leaders[attempt.Leader] = attempt;
        _bySequence[attempt.Sequence] = attempt;
    }

    public void Remove(Attempt attempt)
    {
        _leaders.Remove(attempt.Leader);
        _bySequence.Remove(attempt.Sequence);
    }

    /// <summary>The attempt is over but its leader, a worker, lives on.</summary>
    public void Rest(Attempt attempt) => _bySequence.Remove(attempt.Sequence);

    /// <summary>To be told of every reaped process; the attempt that it led, if it led one.</summary>
    /// <param name="pid">Who was reaped.</param>
    /// <param name="ofStray">The attempt that it had come from, if it was a stray that we knew.</param>
    public Attempt? Reaped(int pid, out Attempt? ofStray)
    {
        _spared.Remove(pid);
        _strays.Remove(pid, out ofStray);
        return _leaders.TryGetValue(pid, out Attempt? attempt) && !attempt.Exited ? attempt : null;
    }

    /// <summary>The next question is not to be answered by what was seen before.</summary>
    public void LookAgain() => _seen = false;

    /// <summary>
    /// The cheap question: could anything be left of this attempt, whose leader is gone? Then it is, or descends from, a child of ours that nobody else owns.
    /// One look serves all attempts that ended before it, for who loses its parent is ours by the time at which that parent is reaped.
    /// </summary>
    /// <param name="attempt">Of which.</param>
    /// <param name="dying">Nobody alive is known to be, but somebody is dead and not reaped, whose children we may not have seen.</param>
    public bool MayHaveLeft(Attempt attempt, out bool dying)
    {
        dying = false;
        if (!_seen && !Look())
        {
            return true;
        }

        bool alive = _alive.Contains(attempt) || (_aliveOfNobody && Claims(attempt, null));
        dying = !alive && (_dyingOfNobody || _dying.Contains(attempt));
        return alive || dying;
    }

    /// <summary>Whose strays there are. False where the kernel has no list of our children.</summary>
    private bool Look()
    {
        if (!_children.Read(out ReadOnlySpan<int> children))
        {
            return false;
        }

        _seen = true;
        _alive.Clear();
        _dying.Clear();
        (_aliveOfNobody, _dyingOfNobody) = (false, false);
        foreach (int child in children)
        {
            if (!_spared.Contains(child) && !(_leaders.TryGetValue(child, out Attempt? led) && !led.Exited))
            {
                Note(child);
            }
        }

        return true;
    }

    private void Note(int stray)
    {
        if (!_strays.TryGetValue(stray, out Attempt? owner))
        {
            ProcessEntry? process = ProcessTable.Read(stray);
            if (process is not { Alive: true })
            {
                // Who descends from it is whose it was.
                owner = process is { } dead ? Attribute(dead) : null;
                _dyingOfNobody |= owner is null;
                if (owner is not null)
                {
                    _dying.Add(owner);
                }

                return;
            }

            owner = OwnerOfChild(process.Value);
        }

        _aliveOfNobody |= owner is null;
        if (owner is not null)
        {
            _alive.Add(owner);
        }
    }

    /// <summary>The living processes of an attempt.</summary>
    public List<ProcessEntry> Of(Attempt attempt, Dictionary<int, ProcessEntry> processes)
    {
        List<ProcessEntry> members = [];
        foreach (ProcessEntry process in processes.Values)
        {
            if (process.Alive && process.Id != host && Owner(process, processes, out Attempt? owner) && Claims(attempt, owner))
            {
                members.Add(process);
            }
        }

        return members;
    }

    /// <summary>The living processes of all attempts, told apart in one go; attempts without any are not among them.</summary>
    public Dictionary<Attempt, List<ProcessEntry>> Sort(Dictionary<int, ProcessEntry> processes)
    {
        var sorted = new Dictionary<Attempt, List<ProcessEntry>>();
        Attempt? last = _bySequence.Count == 1 ? _bySequence.Values.First() : null;

        // A copy: asking for an owner may put a process back under its new parent.
        foreach (ProcessEntry process in processes.Values.ToArray())
        {
            if (process.Alive && process.Id != host && Owner(process, processes, out Attempt? owner) && (owner ?? last) is { } attempt)
            {
                (sorted.TryGetValue(attempt, out List<ProcessEntry>? members) ? members : sorted[attempt] = []).Add(process);
            }
        }

        return sorted;
    }

    /// <summary>The living strays of an attempt, by the kernel's list alone.</summary>
    public List<ProcessEntry> StraysOf(Attempt attempt)
    {
        List<ProcessEntry> strays = [];
        _ = _children.Read(out ReadOnlySpan<int> children);
        foreach (int child in children)
        {
            bool leader = child == attempt.Leader && !attempt.Exited;
            if (!leader && !_spared.Contains(child) && ProcessTable.Read(child) is { Alive: true } process && Claims(attempt, OwnerOfChild(process)))
            {
                strays.Add(process);
            }
        }

        return strays;
    }

    /// <summary>Everything living that descends from us.</summary>
    public List<ProcessEntry> All(Dictionary<int, ProcessEntry> processes) =>
        [.. processes.Values.Where(process => process.Alive && process.Id != host && Owner(process, processes, out _) && !IsSpared(process, processes))];

    /// <summary>It may outlive its unit, and with it whatever it starts.</summary>
    public void Spare(int pid) => _spared.Add(pid);

    /// <summary>Something lives that may outlive its unit.</summary>
    public bool SparesAny => _spared.Count > 0;

    public void Dispose() => _children.Dispose();

    private bool IsSpared(ProcessEntry process, Dictionary<int, ProcessEntry> processes)
    {
        for (int steps = 0; _spared.Count > 0 && steps < processes.Count; steps++)
        {
            if (_spared.Contains(process.Id))
            {
                return true;
            }

            if (!processes.TryGetValue(process.Parent, out process))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>What nobody can be told to own belongs to whoever is the last.</summary>
    private bool Claims(Attempt attempt, Attempt? owner) => owner == attempt || (owner is null && _bySequence.Count == 1);

    /// <summary>False when the process is no descendant of ours.</summary>
    private bool Owner(ProcessEntry process, Dictionary<int, ProcessEntry> processes, out Attempt? owner)
    {
        ProcessEntry current = process;
        for (int steps = 0; steps < processes.Count; steps++)
        {
            if (current.Parent == host)
            {
                owner = OwnerOfChild(current);
                return true;
            }

            if (current.Parent <= 1)
            {
                break;
            }

            if (!processes.TryGetValue(current.Parent, out ProcessEntry parent))
            {
                // The parent ended while we were reading: ask again whose child this is now.
                if (ProcessTable.Read(current.Id) is not { } again || again.Parent == current.Parent)
                {
                    break;
                }

                processes[current.Id] = again;
                current = again;
                continue;
            }

            current = parent;
        }

        owner = null;
        return false;
    }

    private Attempt? OwnerOfChild(ProcessEntry child)
    {
        if (_leaders.TryGetValue(child.Id, out Attempt? led) && !led.Exited)
        {
            return led;
        }

        if (!_strays.TryGetValue(child.Id, out Attempt? owner))
        {
            owner = Attribute(child);
            _strays[child.Id] = owner;
        }

        return owner;
    }

    private Attempt? Attribute(ProcessEntry stray)
    {
        if (_leaders.TryGetValue(stray.Session, out Attempt? owner) || _leaders.TryGetValue(stray.Group, out owner))
        {
            return owner;
        }

        if (Marks.Read(stray.Id, host) is { } sequence && _bySequence.TryGetValue(sequence, out owner))
        {
            return owner;
        }

        return _bySequence.Values.FirstOrDefault(attempt => ProcessTable.HasVariables(stray.Id, attempt.EnvironmentMark));
    }
}
