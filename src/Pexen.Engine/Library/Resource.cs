namespace Pexen;

/// <summary>A resource that has to be declared, because it is counted. Others need not be: units just name them.</summary>
/// <param name="Name">A path, compared without case.</param>
/// <param name="Capacity">How many tokens it has; a use takes one or more, a claim takes all. Null is a resource without tokens.</param>
public sealed record Resource(string Name, int? Capacity = null)
{
    /// <summary>Names of the tokens, one for each, handed out with them: see <see cref="UnitContext.Instances"/>. They give the capacity where there is none.</summary>
    public IReadOnlyList<string> Instances
    {
        get;
        init => field = [.. value ?? throw new ArgumentNullException(nameof(value))];
    } = [];
}
