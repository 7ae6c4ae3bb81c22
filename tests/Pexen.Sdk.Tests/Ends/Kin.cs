namespace Pexen.Sdk.Tests.Ends;

/// <summary>How far a process goes from the unit that started it.</summary>
public enum Kin
{
    /// <summary>A child, in the unit's group and session.</summary>
    Plain,

    /// <summary>A child in a session of its own.</summary>
    Setsid,

    /// <summary>A grandchild whose parent has gone, in a session of its own.</summary>
    DoubleFork,

    /// <summary>The same, with an environment from which every variable has been removed.</summary>
    Stranger,

    /// <summary>Units with each of these, at the same time.</summary>
    All,
}
