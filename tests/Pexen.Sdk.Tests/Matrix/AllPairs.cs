namespace Pexen.Sdk.Tests.Matrix;

/// <summary>
/// A small set of cells in which every two values of different dimensions meet, as far as they can. Greedy: the cell with the most pairs
/// that nobody had yet comes next; ties are broken by a shuffle that is the same every time.
/// </summary>
internal static class AllPairs
{
    private const int Seed = 20261121;

    public static IReadOnlyList<Cell> Choose(IReadOnlyList<Cell> possible)
    {
        Cell[] candidates = [.. possible];
        new Random(Seed).Shuffle(candidates);
        HashSet<(int, int, int, int)> open = [.. candidates.SelectMany(Pairs)];
        List<Cell> chosen = [];
        while (open.Count > 0)
        {
            Cell best = candidates.MaxBy(cell => Pairs(cell).Count(open.Contains))!;
            chosen.Add(best);
            open.ExceptWith(Pairs(best));
        }

        return [.. chosen.OrderBy(cell => possible.ToList().IndexOf(cell))];
    }

    /// <summary>First dimension, its value, second dimension, its value.</summary>
    public static IEnumerable<(int, int, int, int)> Pairs(Cell cell)
    {
        IReadOnlyList<int> values = cell.Values;
        return from first in Enumerable.Range(0, values.Count)
               from second in Enumerable.Range(first + 1, values.Count - first - 1)
               select (first, values[first], second, values[second]);
    }
}
