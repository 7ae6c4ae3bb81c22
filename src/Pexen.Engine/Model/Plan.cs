using System.Collections.Immutable;

namespace Pexen.Model;

/// <summary>What one run is going to do: validated, resolved, ordered. Immutable.</summary>
internal sealed record Plan
{
    public ImmutableArray<PlannedUnit> Units { get; init; } = [];

    /// <summary>The declared resources, and those that units only name, in order of first mention.</summary>
    public ImmutableArray<ResourceDefinition> Resources { get; init; } = [];

    /// <summary>The declared groups.</summary>
    public ImmutableArray<GroupDefinition> Groups { get; init; } = [];

    /// <summary>Values that every unit inherits.</summary>
    public ImmutableArray<SharedPreset> Presets { get; init; } = [];

    /// <summary>What was chosen where there was a choice, in sentences such as <c>db: pg16 16.3; not sqlite 3.40, lower version</c>.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];
}
