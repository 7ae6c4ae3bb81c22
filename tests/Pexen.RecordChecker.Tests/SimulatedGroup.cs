namespace Pexen.RecordChecking.Tests;

/// <summary>A group for the simulator.</summary>
internal sealed record SimulatedGroup(string Name, int? MaxParallel, bool Exclusive = false, SimulatedGroup? Parent = null)
{
    /// <summary>This group and those around it.</summary>
    public IEnumerable<SimulatedGroup> Around => Parent is null ? [this] : Parent.Around.Prepend(this);

    /// <summary>The innermost exclusive group of these.</summary>
    public SimulatedGroup? Realm => Around.FirstOrDefault(group => group.Exclusive);
}
