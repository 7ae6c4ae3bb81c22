namespace Pexen.Execution.Local;

/// <summary>A process as /proc showed it. <c>Name</c> is what the kernel calls it (15 characters).</summary>
internal readonly record struct ProcessEntry(int Id, string Name, char State, int Parent, int Group, int Session)
{
    public bool Alive => State is not ('Z' or 'X' or 'x');

    public bool Suspended => State is 'T' or 't';
}
