namespace Pexen.Scheduling;

/// <summary>How a unit holds a resource.</summary>
internal enum HoldMode : byte
{
    /// <summary>With other users; on a resource with a capacity, some of its tokens.</summary>
    Use,

    /// <summary>Alone.</summary>
    Claim,
}
