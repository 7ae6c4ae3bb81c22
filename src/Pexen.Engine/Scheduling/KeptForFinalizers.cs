namespace Pexen.Scheduling;

/// <summary>
/// What crashed units keep although a finalizer may take it (rule 24). Everybody else who wants it is skipped, but for those who come after such a
/// finalizer: these are skipped when none is left that could free it.
/// </summary>
internal sealed class KeptForFinalizers(Lifetimes lifetimes)
{
    private readonly Dictionary<int, Pledge> _pledges = [];

    /// <summary>A unit that crashed keeps what it held. Null where no finalizer may take it.</summary>
    /// <param name="holder">The unit.</param>
    /// <param name="lost">The lines that nobody else gets through any more.</param>
    public HashSet<int>? Keep(int holder, IReadOnlyList<(Line Line, SkipCause Cause)> lost)
    {
        List<int> finalizers = lifetimes.PledgedFor(holder);
        if (finalizers.Count == 0)
        {
            return null;
        }

        _pledges.Add(holder, new Pledge(finalizers, lost));
        return lifetimes.WithDependents(finalizers);
    }

    /// <summary>A finalizer is about to start: what it may take from these is to be taken back from them.</summary>
    public IEnumerable<int> LentTo(int finalizer)
    {
        foreach ((int holder, Pledge pledge) in _pledges)
        {
            if (!pledge.IsLent && pledge.Finalizers.Contains(finalizer))
            {
                pledge.IsLent = true;
                yield return holder;
            }
        }
    }

    /// <summary>Whether what a unit keeps does not count as held any more.</summary>
    public bool IsLent(int holder) => _pledges.TryGetValue(holder, out Pledge? pledge) && pledge.IsLent;

    /// <summary>A finalizer succeeded: what is free again, of whom.</summary>
    public List<int> Free(int finalizer)
    {
        List<int> freed = [.. _pledges.Where(pledge => pledge.Value.Finalizers.Contains(finalizer)).Select(pledge => pledge.Key).Order()];
        return freed;
    }

    public void Forget(int holder) => _pledges.Remove(holder);

    /// <summary>A finalizer ended without success. The holders for whom fewer hope now, and who may still hope.</summary>
    public IEnumerable<(IReadOnlyList<(Line Line, SkipCause Cause)> Lost, HashSet<int> Spared)> Disappoint(int finalizer)
    {
        foreach (Pledge pledge in _pledges.OrderBy(pledge => pledge.Key).Select(pledge => pledge.Value).ToArray())
        {
            if (pledge.Finalizers.Remove(finalizer))
            {
                yield return (pledge.Lost, lifetimes.WithDependents(pledge.Finalizers));
            }
        }
    }

    private sealed class Pledge(List<int> finalizers, IReadOnlyList<(Line Line, SkipCause Cause)> lost)
    {
        public List<int> Finalizers { get; } = finalizers;

        public IReadOnlyList<(Line Line, SkipCause Cause)> Lost { get; } = lost;

        public bool IsLent { get; set; }
    }
}
