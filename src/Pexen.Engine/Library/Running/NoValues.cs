using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Pexen.Library;

/// <summary>Nothing, once for all who have nothing.</summary>
internal static class NoValues
{
    public static IReadOnlyDictionary<string, object?> Dictionary { get; } = FrozenDictionary<string, object?>.Empty;

    public static IReadOnlyDictionary<string, string> Variables { get; } = ImmutableDictionary<string, string>.Empty;
}
