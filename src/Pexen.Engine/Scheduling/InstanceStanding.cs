namespace Pexen.Scheduling;

/// <summary>What other runs have to do with an instance of a resource.</summary>
internal enum InstanceStanding
{
    /// <summary>Nothing.</summary>
    Free,

    /// <summary>A unit that this very build lies inside was handed it, so it is there for us (rule 15).</summary>
    Inherited,

    /// <summary>Somebody uses it by its name.</summary>
    Named,

    /// <summary>It was handed to somebody.</summary>
    Taken,
}
