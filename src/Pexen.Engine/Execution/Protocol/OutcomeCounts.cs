using System.Globalization;
using System.Text;

namespace Pexen.Execution.Protocol;

/// <summary>How many units of a run ended how. Succeeded counts everything that provides; failed what failed, controlled or not.</summary>
internal readonly record struct OutcomeCounts(int Units, int Succeeded, int Failed, int TimedOut, int Skipped, int Cancelled, int NotNeeded = 0)
{
    /// <summary>The summary line of the build log (contract 5.1), always of the same form: scripts look for it, so one unit is "1 units".</summary>
    public string Summary(string phase, double durationMs, string record)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Pexen {phase}: {Units} units, {Succeeded} succeeded");
        Append(text, Failed, "failed");
        Append(text, TimedOut, "timed out");
        Append(text, Skipped, "skipped");
        Append(text, Cancelled, "cancelled");
        Append(text, NotNeeded, "not needed");
        text.Append(CultureInfo.InvariantCulture, $" in {durationMs / 1000:0.0} s; {record}");
        return text.ToString();
    }

    private static void Append(StringBuilder text, int count, string what)
    {
        if (count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $", {count} {what}");
        }
    }
}
