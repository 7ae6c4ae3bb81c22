using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Records;

namespace Pexen.Execution.Dispatching.Groups;

/// <summary>What has become of one group so far. Times are nanoseconds since the start of the run.</summary>
internal sealed class GroupRun(GroupDefinition definition, int index, GroupRun? parent)
{
    public GroupDefinition Definition => definition;

    /// <summary>Position in the plan.</summary>
    public int Index => index;

    /// <summary>The group it lies in.</summary>
    public GroupRun? Parent => parent;

    public GroupStage Stage { get; set; }

    /// <summary>Units and groups directly in it that have not ended.</summary>
    public int Left { get; set; }

    /// <summary>The first start of a unit in it.</summary>
    public long? Started { get; set; }

    /// <summary>Its command that runs, or null.</summary>
    public GroupHook? Running { get; set; }

    public long HookStarted { get; set; }

    /// <summary>Its command was stopped because its time was up.</summary>
    public bool HookTimedOut { get; set; }

    public bool TimedOut { get; set; }

    /// <summary>One of its commands failed.</summary>
    public bool HookFailed { get; set; }

    /// <summary>Something in it did not end well.</summary>
    public bool Spoiled { get; set; }

    public bool AnySucceeded { get; private set; }

    /// <summary>Its units do not start any more, and why.</summary>
    public Scheduling.SkipReason? Closed { get; set; }

    /// <summary>Units that could have started, but its <c>OnStarted</c> has not ended.</summary>
    public List<int> Behind { get; } = [];

    public ImmutableArray<GroupHookRecord> Hooks { get; set; } = [];

    /// <summary>When the time of its command that runs is up.</summary>
    public long HookDue => HookStarted + RunClock.Nanoseconds(GroupHooks.Limit);

    /// <summary>How it ended, as it is told to its commands; null while units of it are left.</summary>
    public Outcome? Outcome => this switch
    {
        { Left: > 0 } => null,
        { TimedOut: true } => Pexen.Outcome.TimedOut,
        { Spoiled: true } => Pexen.Outcome.Failed,
        { AnySucceeded: true } => Pexen.Outcome.Succeeded,
        _ => Pexen.Outcome.Skipped,
    };

    /// <summary>A unit in it, or in a group inside it, will not run any more.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="code">Of what went wrong, or null.</param>
    public void Note(Outcome? outcome, string? code)
    {
        AnySucceeded |= outcome?.IsSuccess() == true;
        Spoiled |= outcome is Pexen.Outcome.Failed or Pexen.Outcome.ControlledFailure or Pexen.Outcome.TimedOut or Pexen.Outcome.Cancelled
            || (outcome == Pexen.Outcome.Skipped && code is not null);
    }

    /// <summary>This and those around it, from the outermost in.</summary>
    public IEnumerable<GroupRun> FromOutside => parent is null ? [this] : parent.FromOutside.Append(this);

    /// <summary>This and those around it, from here out.</summary>
    public IEnumerable<GroupRun> FromInside
    {
        get
        {
            for (GroupRun? group = this; group is not null; group = group.Parent)
            {
                yield return group;
            }
        }
    }
}
