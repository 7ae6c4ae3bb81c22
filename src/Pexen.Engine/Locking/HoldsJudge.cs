using Pexen.Scheduling;

namespace Pexen.Locking;

/// <summary>Whether a run may have something beside what others hold (rules 13 and 15).</summary>
internal sealed class HoldsJudge(string projectFile, string runId, IReadOnlyList<Ancestor> ancestors)
{
    private readonly HashSet<string> _disagreements = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="wanted">What a unit wants.</param>
    /// <param name="present">What is held in the scope.</param>
    /// <param name="complain">Told, once for each resource, of runs that declare it otherwise (PEX1015). Until they agree the smaller capacity holds.</param>
    public bool IsFree(SharedHold wanted, List<SharedHold> present, Action<Diagnostic> complain)
    {
        int capacity = wanted.Capacity;
        int tokens = wanted.Tokens;
        foreach (SharedHold other in present)
        {
            // What this very run holds its own scheduler has minded; what holds us up from above must not be waited for.
            if (other.RunId == runId || IsAncestor(other))
            {
                continue;
            }

            if (!wanted.AgreesWith(other))
            {
                capacity = other.Capacity == 0 ? capacity : Math.Min(capacity, other.Capacity);
                Complain(wanted, other, complain);
            }

            if (wanted.ConflictsWith(other))
            {
                return false;
            }

            tokens += wanted.IsSameCounted(other) ? other.Tokens : 0;
        }

        if (wanted.Tokens == 0)
        {
            return true;
        }

        // Our own tokens count beside those of others: our scheduler knows only its own part.
        foreach (SharedHold own in present)
        {
            tokens += own.RunId == runId && wanted.IsSameCounted(own) ? own.Tokens : 0;
        }

        return tokens <= capacity;
    }

    public InstanceStanding StandingOf(string resource, string instance, List<SharedHold> present)
    {
        InstanceStanding standing = InstanceStanding.Free;
        foreach (SharedHold other in present)
        {
            if (other.RunId == runId)
            {
                continue;
            }

            InstanceStanding here = other.StandingOf(resource, instance);
            if (here == InstanceStanding.Taken && IsAncestor(other))
            {
                here = InstanceStanding.Inherited;
            }

            standing = here > standing ? here : standing;
        }

        return standing;
    }

    private bool IsAncestor(SharedHold hold)
    {
        foreach (Ancestor ancestor in ancestors)
        {
            if (ancestor.RunId == hold.RunId && string.Equals(ancestor.Unit, hold.Unit, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private void Complain(SharedHold wanted, SharedHold other, Action<Diagnostic> complain)
    {
        if (_disagreements.Add(wanted.Resource))
        {
            string place = other.Project == projectFile ? "another build of it that is under way" : $"{other.Project}, which is being built";
            complain(Diagnostics.ResourcesDisagree(wanted.Resource, wanted.Declaration, projectFile, other.Declaration, place));
        }
    }
}
