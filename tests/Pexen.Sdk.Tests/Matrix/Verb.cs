namespace Pexen.Sdk.Tests.Matrix;

/// <summary>What the command asks for.</summary>
public enum Verb
{
    Build,
    Rebuild,
    Publish,
    Pack,

    /// <summary><c>dotnet test</c> with VSTest.</summary>
    TestByVSTest,

    /// <summary><c>dotnet test</c> with Microsoft.Testing.Platform.</summary>
    TestByPlatform,
    Clean,
    DesignTime,
}
