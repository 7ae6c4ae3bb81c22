using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Values;

namespace Pexen.Execution.Exchange;

/// <summary>What the environment of an attempt has from other units, and for them.</summary>
/// <param name="Environment">Variables that its providers set; the unit's own win over them.</param>
/// <param name="Folders">What goes before its PATH.</param>
/// <param name="Ours">Variables that nothing wins over.</param>
internal sealed record InheritedVariables(
    IReadOnlyList<NamedValue> Environment, ImmutableArray<string> Folders, IReadOnlyList<NamedValue> Ours)
{
    public static InheritedVariables None { get; } = new([], [], []);

    /// <summary>What is inherited of <c>PEXEN_ENV</c>.</summary>
    public static IReadOnlyList<NamedValue> Named(ValueSet<string> environment) =>
        environment.IsEmpty ? [] : [.. environment.ToSortedList().Select(one => new NamedValue(one.Key, one.Value))];
}
