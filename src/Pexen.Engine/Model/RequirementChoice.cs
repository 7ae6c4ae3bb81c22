using System.Collections.Immutable;

namespace Pexen.Model;

/// <summary>One entry of <c>RequiresAny</c>: met by the first of its alternatives that is provided (rule 4).</summary>
internal sealed record RequirementChoice(ImmutableArray<Requirement> Alternatives)
{
    public override string ToString() => string.Join('|', Alternatives);
}
