namespace Pexen.Scheduling;

/// <summary>Arrays that double when they are full, so that adding one after the other costs no more than adding all at once.</summary>
internal static class Growth
{
    /// <summary>Makes an array at least so long; what is new has the value given.</summary>
    public static void Reserve<T>(ref T[] items, int count, T fresh)
    {
        int before = items.Length;
        if (count > before)
        {
            Array.Resize(ref items, Math.Max(count, before * 2));
            Array.Fill(items, fresh, before, items.Length - before);
        }
    }

    public static void Set<T>(ref T[] items, int index, T item)
    {
        Reserve(ref items, index + 1, default!);
        items[index] = item;
    }

    public static void Append<T>(ref T[] items, int end, ReadOnlySpan<T> more)
    {
        Reserve(ref items, end + more.Length, default!);
        more.CopyTo(items.AsSpan(end));
    }
}
