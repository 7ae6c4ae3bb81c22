using System.Globalization;
using System.Text;

namespace Pexen.Records;

/// <summary>How long units took when they last succeeded: one line each, name and milliseconds. Feeds the ready order (rule 9).</summary>
internal static class Durations
{
    /// <summary>Empty where there is no such file; lines that cannot be read are left out.</summary>
    public static IReadOnlyDictionary<string, TimeSpan> Read(string path)
    {
        var durations = new Dictionary<string, TimeSpan>(StringComparer.OrdinalIgnoreCase);
        try
        {
            foreach (string line in File.ReadLines(path))
            {
                int tab = line.LastIndexOf('\t');
                if (tab > 0 && double.TryParse(line.AsSpan(tab + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double milliseconds) && milliseconds >= 0)
                {
                    durations[line[..tab]] = TimeSpan.FromMilliseconds(Math.Min(milliseconds, 1e12));
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // No history is a history of nothing.
        }

        return durations;
    }

    /// <summary>What is known, with the units of this run that succeeded put in; units of other selections stay.</summary>
    public static void Write(string path, IEnumerable<UnitRecord> units)
    {
        var durations = new SortedDictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, TimeSpan> known in Read(path))
        {
            durations[known.Key] = known.Value.TotalMilliseconds;
        }

        foreach (UnitRecord unit in units)
        {
            if (unit is { Outcome: "Succeeded", DurationMs: double milliseconds, Attempts.IsEmpty: false })
            {
                durations[unit.Name] = milliseconds;
            }
        }

        var text = new StringBuilder();
        foreach (KeyValuePair<string, double> duration in durations)
        {
            text.Append(duration.Key).Append('\t').Append(CultureInfo.InvariantCulture, $"{duration.Value:0.0}").Append('\n');
        }

        string temporary = path + ".tmp";
        File.WriteAllText(temporary, text.ToString());
        File.Move(temporary, path, overwrite: true);
    }
}
