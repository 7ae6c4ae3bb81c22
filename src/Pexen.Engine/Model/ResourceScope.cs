namespace Pexen.Model;

/// <summary>How far a resource reaches.</summary>
internal enum ResourceScope
{
    /// <summary>All runs of the project file.</summary>
    Project,

    /// <summary>All projects below the folder of the nearest <c>.git</c>, else of the solution.</summary>
    Repository,

    /// <summary>All builds of this user.</summary>
    Machine,
}
