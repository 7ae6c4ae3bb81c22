using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Execution.Exchange;

/// <summary>What the environment of an attempt has from other units, and for them.</summary>
/// <param name="Environment">Variables that its providers set; the unit's own win over them.</param>
/// <param name="Folders">What goes before its PATH.</param>
/// <param name="Ours">Variables that nothing wins over.</param>
internal sealed record InheritedVariables(
    IReadOnlyList<KeyValuePair<string, string>> Environment, ImmutableArray<string> Folders, IReadOnlyList<NamedValue> Ours)
{
    public static InheritedVariables None { get; } = new([], [], []);
}
