namespace Pexen.Library;

/// <summary>Something that is to happen at a time.</summary>
/// <param name="Kind">What.</param>
/// <param name="Attempt">To whom, or null.</param>
/// <param name="Rest">The rest that ends then, or null.</param>
/// <param name="Call">The callback that is given up then, or null.</param>
internal readonly record struct Alarm(AlarmKind Kind, UnitAttempt? Attempt = null, UnitRest? Rest = null, GroupCall? Call = null)
{
    /// <summary>It means nothing any more.</summary>
    public bool IsStale => Attempt?.IsOver == true || Rest?.IsOver == true || Call?.IsOver == true;
}
