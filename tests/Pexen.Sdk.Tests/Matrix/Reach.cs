namespace Pexen.Sdk.Tests.Matrix;

/// <summary>How the build gets to the project with the units.</summary>
public enum Reach
{
    /// <summary>It is what the command names.</summary>
    Direct,

    /// <summary>The command names a solution of it and of a project that refers to it, which comes first.</summary>
    Solution,

    /// <summary>The command names a project that refers to it.</summary>
    Reference,
}
