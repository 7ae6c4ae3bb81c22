namespace Pexen.Sdk.Tests.Infrastructure;

/// <summary>Who starts a build.</summary>
public enum Launcher
{
    /// <summary>Somebody at a terminal.</summary>
    Terminal,

    /// <summary>A script that runs it in the background: SIGINT is ignored, and whoever is started inherits that.</summary>
    IgnoringInterrupts,
}
