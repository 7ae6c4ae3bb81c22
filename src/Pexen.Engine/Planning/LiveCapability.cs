namespace Pexen.Planning;

/// <summary>A name that is provided or asked for in a running plan. The lists only grow, or lose at their end what an addition had put there.</summary>
internal sealed class LiveCapability
{
    /// <summary>In order of declaration.</summary>
    public List<Provider> Providers { get; } = [];

    /// <summary>The distinct ways in which it is asked for.</summary>
    public List<LiveWish> Wishes { get; } = [];
}
