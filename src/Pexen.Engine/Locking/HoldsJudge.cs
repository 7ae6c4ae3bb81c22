using Pexen.Scheduling;

namespace Pexen.Locking;

/// <summary>Whether a run may have something beside what others hold (rules 13 and 15).</summary>
internal sealed class HoldsJudge(string projectFile, string runId, IReadOnlyList<Ancestor> ancestors)
{
    private readonly HashSet<string> _disagreements = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why a unit cannot have this: another run declares it otherwise, and which of them is right nobody can know. Null where all agree.</summary>
    /// <param name="wanted">What it wants.</param>
    /// <param name="present">What is held in the scope.</param>
    /// <param name="complain">Told once for each resource (PEX1015).</param>
    public string? FindDisagreement(SharedHold wanted, List<SharedHold> present, Action<Diagnostic> complain)
    {
        SharedHold? other = present.Find(other => other.RunId != runId && !wanted.AgreesWith(other));
        if (other is null)
        {
            return null;
        }

        if (_disagreements.Add(wanted.Resource))
        {
            string place = other.Project == projectFile ? "another build of it that is under way" : $"{other.Project}, which is being built";
            complain(Diagnostics.ResourcesDisagree(wanted.Resource, wanted.Declaration, projectFile, other.Declaration, place));
        }

        return $"the builds that share the resource '{wanted.Resource}' do not agree about it (PEX1015)";
    }

    /// <param name="wanted">What a unit wants.</param>
    /// <param name="present">What is held in the scope.</param>
    public bool IsFree(SharedHold wanted, List<SharedHold> present)
    {
        int tokens = wanted.Tokens;
        foreach (SharedHold other in present)
        {
            // What this very run holds its own scheduler has minded; what holds us up from above must not be waited for.
            if (other.RunId == runId || IsAncestor(other))
            {
                continue;
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

        return tokens <= wanted.Capacity;
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
}
