namespace Pexen.Model;

/// <summary>A resource held together with other users; on a counted resource, this many of its tokens.</summary>
internal sealed record ResourceUse(string Resource, int Tokens = 1)
{
    public override string ToString() => Tokens == 1 ? Resource : $"{Resource}*{Tokens}";
}
