namespace Pexen.Scheduling;

/// <summary>Ready units that want something: who is first in rank, and who became ready first. Those that are no longer ready are dropped when they come to the front.</summary>
internal sealed class Demand
{
    public MonotoneQueue ByRank;

    public MonotoneQueue ByOrder;
}
