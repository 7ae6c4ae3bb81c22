namespace Pexen;

/// <summary>Ways in which an attempt can go wrong; a unit says after which of them it is tried again (<c>RetryOn</c>).</summary>
[Flags]
public enum RetryCauses
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>By its own word: another exit code, or what it left for others is missing or cannot be used.</summary>
    Failure = 1,

    /// <summary>Its <c>Timeout</c> or <c>IdleTimeout</c>.</summary>
    Timeout = 2,

    /// <summary>A signal, or an exception that no one caught.</summary>
    Crash = 4,

    /// <summary>It broke a memory limit.</summary>
    Memory = 8,

    /// <summary>The system that it ran on was lost. Not in the library, where all units run on this one.</summary>
    System = 16,

    /// <summary>It could not be started.</summary>
    NotStarted = 32,
}
