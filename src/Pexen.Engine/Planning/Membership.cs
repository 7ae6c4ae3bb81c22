namespace Pexen.Planning;

/// <summary>Where a unit of the project stands towards one run.</summary>
internal enum Membership : byte
{
    /// <summary>It is of another run.</summary>
    Elsewhere,

    /// <summary>It is planned once somebody asks for it.</summary>
    Possible,

    Planned,
}
