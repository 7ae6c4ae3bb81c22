using System.Globalization;
using Pexen.Benchmarks.Measuring;

namespace Pexen.Benchmarks.Stopping;

/// <summary>Milliseconds of all trees of all rounds.</summary>
internal sealed class StopSeries
{
    private readonly List<double> _all = [];
    private readonly List<double> _lateOfRounds = [];

    /// <summary>What 95 of 100 do not exceed.</summary>
    public double Late => _all.Percentile(95);

    public void Add(int trees, Func<int, long> nanoseconds)
    {
        double[] round = [.. Enumerable.Range(0, trees).Select(tree => nanoseconds(tree) / 1e6)];
        _all.AddRange(round);
        _lateOfRounds.Add(round.Percentile(95));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"half {_all.Median():0.0}, 95 of 100 {Late:0.0} (by round {_lateOfRounds.Min():0.0}-{_lateOfRounds.Max():0.0}), last {_all.Max():0.0}");
}
