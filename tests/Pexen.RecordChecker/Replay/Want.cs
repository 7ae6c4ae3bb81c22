namespace Pexen.RecordChecking.Replay;

/// <summary>A resource that a unit declares, or holds.</summary>
/// <param name="Node">The resource.</param>
/// <param name="Claim">Held alone; else used with others.</param>
/// <param name="Tokens">Of a counted resource, for a use; else 0.</param>
internal readonly record struct Want(ResourceNode Node, bool Claim, int Tokens)
{
    public bool ConflictsWith(Want other) =>
        Claim || other.Claim || (Node == other.Node && Tokens > 0 && other.Tokens > 0);

    public override string ToString() => $"{(Claim ? "claim" : "use")} of '{Node.Name}'{(Tokens > 1 ? $" ({Tokens} tokens)" : "")}";
}
