using System.Globalization;
using System.Text;

namespace Pexen.Records;

/// <summary>How long units took when they last succeeded: one line each, name and milliseconds. Feeds the ready order (rule 9).</summary>
internal static class Durations
{
    /// <summary>Empty where there is no such file; lines that cannot be read are left out.</summary>
    public static IReadOnlyDictionary<string, TimeSpan> Read(string path) => ReadAll(path);

    private static Dictionary<string, TimeSpan> ReadAll(string path)
    {
        var durations = new Dictionary<string, TimeSpan>(StringComparer.OrdinalIgnoreCase);
        if (!File.Exists(path))
        {
            return durations;
        }

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
        Dictionary<string, TimeSpan> durations = ReadAll(path);
        foreach (UnitRecord unit in units)
        {
            if (unit is { Outcome: "Succeeded", DurationMs: double milliseconds, Attempts.IsEmpty: false })
            {
                durations[unit.Name] = TimeSpan.FromMilliseconds(milliseconds);
            }
        }

        var text = new StringBuilder();
        string[] names = [.. durations.Keys];
        Array.Sort(names, StringComparer.OrdinalIgnoreCase);
        foreach (string name in names)
        {
            text.Append(name).Append('\t').Append(durations[name].TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture)).Append('\n');
        }

        string temporary = path + ".tmp";
        File.WriteAllText(temporary, text.ToString());
        File.Move(temporary, path, overwrite: true);
    }
}
