namespace Pexen;

/// <summary>A resource and who holds it.</summary>
/// <param name="Resource">Its name.</param>
/// <param name="Unit">The holder.</param>
/// <param name="Alone">Whether it is claimed; else others may use it as well.</param>
/// <param name="Tokens">How many tokens are held; 0 where the resource is not counted or is claimed.</param>
/// <param name="UntilTheEnd">Whether the holder has ended and left it in an unknown state, so that it stays held.</param>
public sealed record HeldResource(string Resource, string Unit, bool Alone, int Tokens, bool UntilTheEnd)
{
    /// <summary>The instances that were handed out with it, where the resource has any.</summary>
    public IReadOnlyList<string> Instances { get; init; } = [];
}
