namespace Pexen.Sdk.Tests.Matrix;

/// <summary>Combinations that there are not, each with the sentence that says why.</summary>
internal static class Impossible
{
    public static string? Why(Cell cell) => cell switch
    {
        { Way: Way.StandAlone, Frameworks: Frameworks.Several } => "A project of units alone has no target framework, so it cannot have several.",
        { Verb: Verb.DesignTime, Reach: Reach.Solution } => "A design-time build is made of one project; nobody makes one of a solution.",
        { Way: Way.StandAlone, Verb: Verb.TestByPlatform, Reach: Reach.Direct } =>
            "`dotnet test` under Microsoft.Testing.Platform refuses what has no test program in it, and a project of units alone has none.",
        _ => null,
    };
}
