namespace Pexen.Scheduling;

/// <summary>What nobody can have any more of a resource because of a hold that stays until the run ends, on it or on its path.</summary>
/// <param name="What">Nothing, claims, or claims and uses.</param>
/// <param name="Cause">The first hold that had this effect.</param>
internal readonly record struct KeptMark(int What, SkipCause Cause)
{
    public const int Claims = 1;
    public const int All = 2;
}
