using System.Collections.Immutable;

namespace Pexen.Planning;

/// <summary>Things that several files may declare: the same declaration twice is one, two that differ are a mistake.</summary>
internal static class DeclaredOnce
{
    /// <param name="read">In order; what is null was no declaration.</param>
    /// <param name="nameOf">Compared without case.</param>
    /// <param name="differ">Whether two of one name contradict each other.</param>
    /// <param name="mistake">What to say then: the first, the other.</param>
    /// <param name="problems">Takes that.</param>
    public static ImmutableArray<T> Of<T>(
        IEnumerable<T?> read, Func<T, string> nameOf, Func<T, T, bool> differ, Func<T, T, Diagnostic> mistake, ICollection<Diagnostic> problems)
        where T : class
    {
        Dictionary<string, T> byName = new(StringComparer.OrdinalIgnoreCase);
        ImmutableArray<T>.Builder all = ImmutableArray.CreateBuilder<T>();
        foreach (T one in read.OfType<T>())
        {
            if (byName.TryAdd(nameOf(one), one))
            {
                all.Add(one);
            }
            else if (differ(byName[nameOf(one)], one))
            {
                problems.Add(mistake(byName[nameOf(one)], one));
            }
        }

        return all.DrainToImmutable();
    }
}
