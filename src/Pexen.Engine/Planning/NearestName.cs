namespace Pexen.Planning;

/// <summary>Finds what somebody probably meant.</summary>
internal static class NearestName
{
    /// <summary>The candidate with the fewest edits, if they are few for its length; the first of several.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        string? nearest = null;
        int fewest = Tolerated(name.Length) + 1;
        foreach (string candidate in candidates)
        {
            int edits = Edits(name, candidate, fewest);
            if (edits < fewest)
            {
                (nearest, fewest) = (candidate, edits);
            }
        }

        return nearest;
    }

    /// <summary>A slip in a short word makes another word; a long one stands two or three.</summary>
    private static int Tolerated(int length) => length switch
    {
        < 3 => 0,
        < 6 => 1,
        < 12 => 2,
        _ => 3,
    };

    /// <summary>
    /// Insertions, deletions, replacements and swaps of neighbours that make one of the other, without case;
    /// <paramref name="limit"/> where they are that many or more.
    /// </summary>
    public static int Edits(string one, string other, int limit)
    {
        if (Math.Abs(one.Length - other.Length) >= limit)
        {
            return limit;
        }

        int[] beforeLast = new int[other.Length + 1];
        int[] last = [.. Enumerable.Range(0, other.Length + 1)];
        int[] current = new int[other.Length + 1];
        for (int i = 1; i <= one.Length; i++)
        {
            current[0] = i;
            int best = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int replace = last[j - 1] + (Same(one[i - 1], other[j - 1]) ? 0 : 1);
                current[j] = Math.Min(replace, Math.Min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && Same(one[i - 1], other[j - 2]) && Same(one[i - 2], other[j - 1]))
                {
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
                }

                best = Math.Min(best, current[j]);
            }

            if (best >= limit)
            {
                return limit;
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return Math.Min(last[other.Length], limit);
    }

    private static bool Same(char one, char other) => char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}
