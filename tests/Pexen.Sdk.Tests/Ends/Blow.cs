namespace Pexen.Sdk.Tests.Ends;

/// <summary>What is done to a process of the build.</summary>
public enum Blow
{
    /// <summary>SIGINT to its group: Ctrl-C at a terminal.</summary>
    InterruptGroup,

    /// <summary>SIGINT to it alone: what a build system in front of us sends.</summary>
    Interrupt,

    /// <summary>SIGTERM to it alone.</summary>
    Terminate,

    /// <summary>SIGTERM to its group: <c>timeout</c>, or a CI system that cancels.</summary>
    TerminateGroup,

    /// <summary>SIGHUP to its group: the terminal is closed.</summary>
    HangUpGroup,

    /// <summary>SIGKILL to it alone.</summary>
    Kill,

    /// <summary>SIGKILL to its group: the build and its nodes, all at once.</summary>
    KillGroup,
}
