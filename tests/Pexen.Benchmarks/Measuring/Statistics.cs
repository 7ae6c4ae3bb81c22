namespace Pexen.Benchmarks.Measuring;

internal static class Statistics
{
    public static double Median(this IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The smallest value that so many of a hundred do not exceed.</summary>
    public static double Percentile(this IReadOnlyCollection<double> values, int percent) =>
        values.Order().ElementAt(Math.Max(0, ((values.Count * percent) + 99) / 100 - 1));

    /// <summary>Median and range, for a reader who wants to know how steady it was.</summary>
    public static string Spread(this IReadOnlyCollection<double> values, string format) =>
        $"{values.Median().ToString(format)} ({values.Min().ToString(format)}-{values.Max().ToString(format)})";
}
