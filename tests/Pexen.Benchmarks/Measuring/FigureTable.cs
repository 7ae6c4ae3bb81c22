using System.Globalization;

namespace Pexen.Benchmarks.Measuring;

/// <summary>Rows of the table of figures (Markdown), appended to a file that build/bench begins and prints.</summary>
internal sealed class FigureTable(string file)
{
    public void AtMost(string figure, string measured, double value, double goal) =>
        Add(figure, measured, value, $"at most {Text(goal)}", value <= goal);

    public void AtLeast(string figure, string measured, double value, double goal) =>
        Add(figure, measured, value, $"at least {Text(goal)}", value >= goal);

    /// <summary>Something to know beside the figures: no goal.</summary>
    public void Note(string figure, string measured) => Add($"| {figure} | {measured} | | | |");

    private void Add(string figure, string measured, double value, string goal, bool met) =>
        Add($"| {figure} | {measured} | {Text(value)} | {goal} | {(met ? "met" : "**missed**")} |");

    private void Add(string row)
    {
        File.AppendAllText(file, row + "\n");
        Console.WriteLine(row);
    }

    private static string Text(double value) => value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);
}
