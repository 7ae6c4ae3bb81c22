namespace Pexen.Model;

/// <summary>How much a unit may use.</summary>
internal sealed record Limits
{
    /// <summary>That of units that say nothing.</summary>
    public static Limits Default { get; } = new();

    /// <summary>Bytes of memory; null is no limit.</summary>
    public long? Memory { get; init; }

    /// <summary>Units of one category do the same with more or less; null is none. Compared without case.</summary>
    public string? Category { get; init; }

    /// <summary>How large it is among those of its category; 0 stands alone.</summary>
    public int Size { get; init; }

    /// <summary>Whether it may be stopped and queued again when all units together have too much.</summary>
    public bool Preemptible { get; init; } = true;

    /// <summary>Whether it goes with one that has broken a limit: it is of its category, and not smaller.</summary>
    public bool GoesWith(Limits broken) =>
        Category is not null && broken.Size > 0 && Size >= broken.Size && Category.Equals(broken.Category, StringComparison.OrdinalIgnoreCase);
}
