namespace Pexen;

/// <summary>A unit that has been running for long, and what is known of it.</summary>
public sealed record SlowUnit
{
    internal SlowUnit(string name) => Name = name;

    /// <summary>Name of the unit.</summary>
    public string Name { get; }

    /// <summary>Which of its attempts, counted from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>When that started.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>For how long it has been running.</summary>
    public TimeSpan Running { get; init; }

    /// <summary>What it claims and uses.</summary>
    public IReadOnlyList<string> Holds { get; init; } = [];

    /// <summary>Some of the units that wait for it, because they depend on it or want what it holds.</summary>
    public IReadOnlyList<string> WaitedForBy { get; init; } = [];

    /// <summary>Of a process or a method: for how long it has written nothing; null if it is not known.</summary>
    public TimeSpan? Silent { get; init; }

    /// <summary>Of a process or a method: the last line that it wrote, or null.</summary>
    public string? LastLine { get; init; }

    /// <summary>Of a process or a method: its processes with the processor time that each has used, as e.g. <c>make (4711) 12.3s</c>.</summary>
    public IReadOnlyList<string> Processes { get; init; } = [];

    /// <summary>All of it in sentences.</summary>
    public string Message { get; init; } = "";
}
