using System.Runtime.InteropServices;

namespace Pexen.Scheduling;

/// <summary>
/// All that is asked about a ready unit on its way through the waiting room. Together, and 32 bytes, because ready units come in an order that no
/// cache foresees: with an array for each of these a unit cost eight misses.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct UnitPlace
{
    /// <summary>Not in the waiting room.</summary>
    public const int Nowhere = -1;

    /// <summary>In the set of those who are looked at when a slot is free.</summary>
    public const int Offered = -2;

    /// <summary>In the list of its class.</summary>
    public const int InClass = -3;

    /// <summary>Among the stragglers of its class.</summary>
    public const int Straggling = -5;

    /// <summary>Offered, and not looked at since it became ready.</summary>
    public const int Fresh = -4;

    /// <summary>The sequence number of those that have none yet.</summary>
    public const int NoSequence = int.MaxValue;

    /// <summary>Priority, and in the lower 31 bits the number in the order of becoming ready for the first time.</summary>
    public long Order;

    /// <summary>Place in the ready order.</summary>
    public int Rank;

    /// <summary>Where in the list of all wants the class of units begins that want exactly the same.</summary>
    public int Wants;

    /// <summary>Links of the list or tree in which it is; it is in one at most.</summary>
    public int Left;

    /// <inheritdoc cref="Left"/>
    public int Right;

    /// <summary>The line on whose behalf it was offered, or -1.</summary>
    public int Source;

    /// <summary>One of the constants above, or the line in whose tree of refused it is.</summary>
    public int Where;

    public readonly int Sequence => (int)(Order & NoSequence);

    public readonly bool IsOffered => Where is Offered or Fresh;
}
