using System.Globalization;
using Pexen;

namespace Orchard;

/// <summary>Units as methods: no program to start, no text to parse, and a debugger away from a test.</summary>
public static class Harvest
{
    private static int calls;

    [PexenUnit("weigh-apples", Arguments = "apples;12.5;80", Provides = "weighed")]
    [PexenUnit("weigh-pears", Arguments = "pears;9.25;40", Provides = "weighed")]
    public static double Weigh(string fruit, double crate, int crates, IDictionary<string, string> shared)
    {
        double kilos = crate * crates;
        shared[fruit] = kilos.ToString(CultureInfo.InvariantCulture);
        Console.WriteLine(FormattableString.Invariant($"{crates} crates of {fruit} are {kilos} kg"));
        return kilos;
    }

    /// <summary>How many lines it wrote.</summary>
    public static async Task<int> Report(string file, IDictionary<string, string> shared, CancellationToken cancellation)
    {
        string[] lines = [.. shared.Where(pair => pair.Key != "return").OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {pair.Value} kg")];
        await File.WriteAllLinesAsync(file, lines, cancellation);
        return lines.Length;
    }

    [PexenUnit("worker", Requires = "show")]
    public static void Worker() => Console.WriteLine(++calls > 0 ? "several of these ran in this process, one after the other" : "");
}
