namespace Pexen.RecordChecking.Tests;

/// <summary>A unit for the simulator.</summary>
internal sealed class SimulatedUnit(string name)
{
    public string Name { get; } = name;

    public int Duration { get; init; } = 10;

    public int Priority { get; init; }

    public int Slots { get; init; } = 1;

    public SimulatedGroup? Group { get; init; }

    public string[] Claims { get; init; } = [];

    /// <summary>Resource and tokens; 0 tokens for a resource that is not counted.</summary>
    public (string Resource, int Tokens)[] Uses { get; init; } = [];

    public (string Unit, string Kind)[] DependsOn { get; init; } = [];

    /// <summary><c>Succeeded</c>, <c>Failed</c>, <c>TimedOut</c>, <c>ControlledFailure</c> or <c>Skipped</c> (it says so itself).</summary>
    public string Fate { get; init; } = "Succeeded";

    /// <summary>Whether a failure leaves its locks held.</summary>
    public bool Crashes { get; init; }

    /// <summary>Whether its failure is only a warning.</summary>
    public bool Tolerated { get; init; }

    public int Index { get; set; }

    public int Rank { get; set; }

    /// <summary><c>waiting</c>, <c>ready</c>, <c>running</c> or <c>over</c>.</summary>
    public string State { get; set; } = "waiting";

    public int ReadySeq { get; set; }

    public int StartedAt { get; set; } = -1;

    public int EndsAt { get; set; }

    public List<int> SlotNumbers { get; } = [];

    public int FirstSlot { get; set; }

    public string? Outcome { get; set; }

    public string? CausedBy { get; set; }

    public string? Reason { get; set; }

    public IEnumerable<(string Resource, bool Claim, int Tokens)> Wants =>
        Claims.Select(claim => (claim, true, 0)).Concat(Uses.Select(use => (use.Resource, false, use.Tokens)));
}
