using System.Collections.Immutable;

namespace Pexen.Execution;

/// <summary>What an attempt is doing just now.</summary>
/// <param name="Silent">How long it has written nothing; since its start, if it never has.</param>
/// <param name="Processes">Its processes with the processor time that each has used, as e.g. <c>make (4711) 12.3s</c>; empty where not asked for.</param>
internal sealed record AttemptActivity(TimeSpan Silent, ImmutableArray<string> Processes)
{
    /// <summary>How much it has written.</summary>
    public long OutputBytes { get; init; }
}
