namespace Pexen.RecordChecking;

/// <summary>What a complaint is about. README.md says what each proves.</summary>
public enum Rule
{
    /// <summary>The files cannot be read as what they are.</summary>
    Format,

    /// <summary><c>seq</c> counts from 1 without a gap; <c>run</c> is first, <c>finish</c> last.</summary>
    Sequence,

    /// <summary><c>ns</c> never goes back.</summary>
    Clock,

    /// <summary>Every planned unit is there once, with one outcome and one end.</summary>
    Completeness,

    /// <summary>The events of a unit come in a legal order and agree with its record.</summary>
    Lifecycle,

    /// <summary>Nothing is ready or starts before what it waits for.</summary>
    Order,

    /// <summary>What can be ready is.</summary>
    Readiness,

    /// <summary>A start takes what the unit declares, and an end gives back what the start took.</summary>
    Holds,

    /// <summary>No claimer beside another holder of the same or a related path.</summary>
    Locks,

    /// <summary>Never more tokens than there are.</summary>
    Tokens,

    /// <summary>As many instances as tokens, and none with two units.</summary>
    Instances,

    /// <summary>Slots exist, are free, and are as many as declared.</summary>
    Slots,

    /// <summary>No group runs more units than it may, and an exclusive one has the machine to itself.</summary>
    Groups,

    /// <summary>Commands of a group come before all its units and after them, and are those that run.json has.</summary>
    Hooks,

    /// <summary>The ready order is an order, and starts follow it.</summary>
    Rank,

    /// <summary>No unit takes what one ahead of it waits for.</summary>
    Overtaking,

    /// <summary>Who is skipped names what is to blame, at the root.</summary>
    Skip,

    /// <summary>A service is up for all that need it and no longer; only services and finalizers are not needed.</summary>
    Services,

    /// <summary>Nothing starts after the last failure that is allowed.</summary>
    FailFast,

    /// <summary>The outcome of the run follows from those of its units.</summary>
    Outcome,

    /// <summary>What was still held is what the record says was held.</summary>
    HeldLocks,

    /// <summary>Nothing ends before it starts or outside the run.</summary>
    Times,

    /// <summary>Logs are where the record says.</summary>
    Logs,

    /// <summary>Who is stopped for memory had more than it might have; who gives way is not spared, and nobody takes its place.</summary>
    Memory,

    /// <summary>Who goes with another is of its category and not smaller, and none of those starts afterwards.</summary>
    Chain,

    /// <summary>Where slots have processors of their own, no two units have one at the same time.</summary>
    Affinity,

    /// <summary>What a unit used is what its last end says, and never grows less.</summary>
    Usage,
}
