using Pexen.RecordChecking.Input;

namespace Pexen.RecordChecking.Replay;

/// <summary>Judges whether who is skipped had to be, and blames the right one: the root, not the one before it.</summary>
internal sealed class SkipJudge(CheckedRun run, ResourceTree resources)
{
    public void Skip(UnitTrace unit, RunEvent line, bool nothingMayStart)
    {
        if (!Same(line.CausedBy, unit.Entry.CausedBy))
        {
            Complain($"caused by '{line.CausedBy}' here, by '{unit.Entry.CausedBy}' in run.json");
        }

        string? cause = line.CausedBy;
        if (unit.Entry.Code == "PEX1012")
        {
            // Services and their users waited for each other: one of these is up and holds what it needs, or what it requires gave way so.
            bool follows = unit.Entry.DependsOn.Any(edge => edge.Kind != "After" && run.Find(edge.Unit) is { IsOver: true, Entry: { Outcome: "Skipped", Code: "PEX1012" } provider } && Same(provider.CausedBy, cause));
            if (!follows && !unit.Wants.Any(want => want.Node.Related().Any(node => node.Holders.Any(entry => entry.Unit is { ServiceReady: true, IsOver: false }))))
            {
                Complain("it gave way to a service, but none that is up holds what it needs");
            }

            return;
        }

        if (string.Equals(unit.Entry.Reason, "failFast", StringComparison.OrdinalIgnoreCase))
        {
            if (!nothingMayStart)
            {
                Complain("it is skipped by FailFast before there were enough failures");
            }

            if (cause is not null && run.Find(cause) is not { Failed: true, IsOver: true })
            {
                Complain($"'{cause}' did not fail");
            }

            return;
        }

        if (unit.Entry.Reason is "groupTimeout" or "groupNotStarted" or "groupFinished")
        {
            CheckGroup(unit, cause, Complain);
            return;
        }

        if (cause is null && run.File.Outcome == "TimedOut" && unit.Entry.Reason is not null)
        {
            // The time of the run was up, which is nobody's fault.
            return;
        }

        if (cause is null)
        {
            Complain("it is skipped, but nothing is named that caused it");
        }
        else if (!GoesWith(unit, cause) && !IsBlockedBy(unit, cause) && !IsLostThrough(unit, cause))
        {
            Complain($"'{cause}' is no reason: it neither failed, at the root of what this unit requires, nor keeps what this unit needs");
        }

        void Complain(string text) => run.Complaints.Add(Rule.Skip, text, unit.Name, line.Seq);
    }

    /// <summary>Whether the cause broke a limit that this unit would break as well.</summary>
    private bool GoesWith(UnitTrace unit, string cause) =>
        unit.Entry.Reason == "chained" && run.Find(cause) is { IsOver: true } broken && ChainBook.GoesWith(unit.Entry, broken.Entry);

    /// <summary>It lies in the group that is to blame, or requires, directly or not, what does.</summary>
    private void CheckGroup(UnitTrace unit, string? cause, Action<string> complain)
    {
        if (run.File.Groups.FirstOrDefault(group => Same(group.Name, cause)) is not { } entry)
        {
            complain($"'{cause}' is no group");
            return;
        }

        bool lies = unit.Group?.Around().Contains(run.Groups.Find(entry.Name)!) == true;
        bool follows = unit.Entry.DependsOn.Any(edge => edge.Kind != "After" && run.Find(edge.Unit) is { IsOver: true, Entry.Outcome: "Skipped" } provider && Same(provider.Entry.CausedBy, cause));
        if (!lies && !follows)
        {
            complain($"it neither lies in group '{entry.Name}' nor requires what does");
        }

        if (unit.Entry.Reason == "groupTimeout" ? entry.Outcome != "TimedOut" : unit.Entry.Reason == "groupNotStarted" && !(entry.Hooks ?? []).Any(hook => hook is { Hook: "OnStarted", ExitCode: not 0 }))
        {
            complain($"group '{entry.Name}' is {entry.Outcome}, which is no reason");
        }

        if (unit.Entry.Finalizes.Length > 0)
        {
            complain("it is a finalizer, which runs whatever becomes of its group");
        }
    }

    /// <summary>Whether something it needs stays held: the cause names the resource or its holder.</summary>
    private static bool IsBlockedBy(UnitTrace unit, string cause)
    {
        foreach (Want want in unit.Wants)
        {
            int lost = want.Node.Holders.Where(entry => entry.Unit.IsOver).Sum(entry => entry.Want.Tokens);
            foreach (ResourceNode node in want.Node.Related())
            {
                foreach ((UnitTrace holder, Want held) in node.Holders.Where(entry => entry.Unit.IsOver))
                {
                    bool blocks = want.Claim || held.Claim || (node == want.Node && want.Tokens > 0 && want.Tokens + lost > node.Capacity);
                    if (blocks && (Same(cause, node.Name) || Same(cause, want.Node.Name) || Same(cause, holder.Name)))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a provider did not provide, and the cause is that provider, if it is a root itself, or else its own cause. What
    /// is so at each step is so along the whole chain.
    /// </summary>
    private bool IsLostThrough(UnitTrace unit, string cause)
    {
        foreach (DependsOnEntry edge in unit.Entry.DependsOn)
        {
            if (edge.Kind == "After" || run.Find(edge.Unit) is not { IsOver: true } provider || provider.Provides == true)
            {
                continue;
            }

            // One that was to be tried again and cannot be had an attempt, but is no root, nor is one that was stopped with another, or for the loss of its service.
            bool isRoot = provider.Entry is not { Outcome: "Cancelled", Reason: "chained" or "service ended" } && (provider.Entry.Outcome != "Skipped" || provider.LastEvent == "end");

            // What is lost by a chain is lost through who went with the root, though the root may have provided.
            if (isRoot && Same(cause, provider.Name) && unit.Entry.Reason != "chained")
            {
                provider.SkippedFor ??= edge.Kind == "Requires" ? unit : null;
                return true;
            }

            if (!isRoot && Same(cause, provider.Entry.CausedBy))
            {
                // A resource must be one that is really held; a unit was checked when the provider was skipped.
                return run.Find(cause) is not null || resources.Find(cause) is not null;
            }
        }

        return false;
    }

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
