namespace Pexen.Library;

/// <summary>Nothing: a milestone.</summary>
internal sealed class NoWork : UnitWork
{
    public static NoWork Instance { get; } = new();
}
