namespace Pexen.Model;

/// <summary>How much a unit may use.</summary>
internal sealed record Limits
{
    /// <summary>That of units that say nothing.</summary>
    public static Limits Default { get; } = new();

    /// <summary>Bytes of memory; null is no limit.</summary>
    public long? Memory { get; init; }

    /// <summary>Whether it may be stopped and queued again when all units together have too much.</summary>
    public bool Preemptible { get; init; } = true;
}
