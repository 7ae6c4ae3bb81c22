using Pexen.RecordChecking.Input;

namespace Pexen.RecordChecking.Replay;

/// <summary>A unit of the record and what its events say about it so far.</summary>
internal sealed class UnitTrace(UnitEntry entry, UnitGroup? group, int width)
{
    public UnitEntry Entry { get; } = entry;

    public string Name => Entry.Name;

    public UnitGroup? Group { get; } = group;

    /// <summary>How many slots it takes, never more than there are.</summary>
    public int Width { get; } = width;

    public Want[] Wants { get; set; } = [];

    public UnitPhase Phase { get; set; }

    /// <summary>It is in the plan: from the beginning, or since its <c>add</c>.</summary>
    public bool HasJoined { get; set; } = entry.AddedBy is null;

    public int Attempt { get; set; }

    public int Rank { get; set; } = int.MaxValue;

    /// <summary>Its place in the ready order: by priority, then by rank. Of a planned unit the rank alone says it.</summary>
    public long Place => ((long)Entry.Priority << 32) + Rank;

    /// <summary>When it first became ready; 0 never.</summary>
    public long ReadySeq { get; set; }

    /// <summary>How its attempts ended, as their <c>end</c> events say.</summary>
    public List<(string Outcome, int? ExitCode, int? Signal)> Ends { get; } = [];

    /// <summary>It was ready, and then units were added that it has to wait for. It stays <see cref="UnitPhase.Ready"/>, as no second event will say that it is.</summary>
    public bool WaitsAgain { get; set; }

    /// <summary>When its rest is over, in nanoseconds; null when it does not rest.</summary>
    public long? ReturnNs { get; set; }

    /// <summary>It is between two attempts and holds what it held.</summary>
    public bool RestsWithLocks => Attempt > 0 && Holding.Count > 0 && Phase is UnitPhase.BetweenAttempts or UnitPhase.Ready;

    /// <summary>What it has used so far, as its ends say.</summary>
    public (long? PeakMemoryBytes, double? CpuMs) Used { get; set; }

    /// <summary>How often it gave way to others.</summary>
    public int Preemptions { get; set; }

    public int Starts { get; set; }

    public int? FirstSlot { get; set; }

    public int[] Slots { get; set; } = [];

    /// <summary>Those that its present or last attempt has for itself.</summary>
    public int[] Processors { get; set; } = [];

    public List<Want> Holding { get; set; } = [];

    /// <summary>Its last event that ends something: <c>end</c>, <c>skip</c> or <c>cancel</c>; 0 none.</summary>
    public long LastSeq { get; set; }

    public string? LastEvent { get; set; }

    /// <summary>The last event it will have; found before the replay begins.</summary>
    public long FinalSeq { get; set; }

    public bool ServiceReady { get; set; }

    /// <summary>Its last event says that nobody needed it.</summary>
    public bool NotNeeded { get; set; }

    public WaitingKind? Kind { get; set; }

    /// <summary>How many of what it waits for are still missing; -1 when the record does not let us count.</summary>
    public int Missing { get; set; }

    public List<UnitTrace> Dependents { get; } = [];

    /// <summary>A dependent that started although this unit failed: then its failure provided.</summary>
    public UnitTrace? ProvidedFor { get; set; }

    /// <summary>A dependent that was skipped because this unit failed: then its failure did not provide.</summary>
    public UnitTrace? SkippedFor { get; set; }

    public bool HasStarted => Starts > 0;

    /// <summary>Whether it has ended, by whatever road, for good.</summary>
    public bool IsOver => Phase == UnitPhase.Over;

    public bool Failed => Entry.Outcome is "Failed" or "TimedOut" or "ControlledFailure";

    /// <summary>Whether it provides, as far as its outcome alone tells; null: its policy decides, which no record shows.</summary>
    public bool? Provides => Entry.Outcome switch
    {
        "Succeeded" or "UpToDate" or "Cached" or "Resumed" or "Flaky" or "NotNeeded" => true,
        "Failed" or "TimedOut" or "ControlledFailure" => null,
        _ => false,
    };
}
