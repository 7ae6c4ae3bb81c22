namespace Pexen.Sdk.Tests.Matrix;

/// <summary>A phase in which both units run: the project's once, the other once in each of these frameworks.</summary>
/// <param name="Name">Of the phase, and of its unit of the project.</param>
/// <param name="Frameworks">Where the other unit runs.</param>
/// <param name="InGraphOfReferrer">Whether the project's unit after the build may come between the frameworks: MSBuild then does not say that more will follow.</param>
internal sealed record DuePhase(string Name, IReadOnlyList<string> Frameworks, bool InGraphOfReferrer)
{
    /// <summary>Where the frameworks' units run in a project without one.</summary>
    public const string NoFramework = "any";

    public IEnumerable<string> Runs => Frameworks.Select(framework => $"{Name}-each {framework}").Prepend(Name);

    public IEnumerable<string> Records => Frameworks.Select(framework => $"{framework}/{Name}: {Name}-each Succeeded").Prepend($"{Name}: {Name} Succeeded");

    /// <summary>Before a step the project's unit comes first, after it last.</summary>
    public bool IsInOrder(IReadOnlyList<string> ran)
    {
        List<string> mine = [.. ran.Where(Runs.Contains)];
        return Name.StartsWith("Before", StringComparison.Ordinal) ? mine[0] == Name : InGraphOfReferrer || mine[^1] == Name;
    }
}
