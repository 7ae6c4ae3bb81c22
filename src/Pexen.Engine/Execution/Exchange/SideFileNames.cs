using Pexen.Model;

namespace Pexen.Execution.Exchange;

/// <summary>Endings of the files in which an attempt speaks to others, and the variables that name them.</summary>
internal static class SideFileNames
{
    public const string Output = ".output";
    public const string Environment = ".env";
    public const string Path = ".path";
    public const string Results = ".results";

    /// <summary>Units to be added; read apart from the others.</summary>
    public const string Units = ".units";

    public static readonly string[] All = [Output, Environment, Path, Results];

    /// <summary>Path of the side files of an attempt without their ending.</summary>
    /// <param name="folder">Their folder.</param>
    /// <param name="logFile">Name of the unit's log file, which no other unit has.</param>
    /// <param name="attempt">From 1 on.</param>
    public static string Stem(string folder, string logFile, int attempt) =>
        System.IO.Path.Combine(folder, $"{logFile.AsSpan(0, logFile.Length - ".log".Length)}.{attempt}");

    /// <summary>The variables that name what an attempt inherits, and the files in which it speaks to others.</summary>
    /// <param name="handover">What it inherits.</param>
    /// <param name="stem">Path of its side files without their ending.</param>
    /// <param name="more">A further file that there is for it.</param>
    public static NamedValue[] Variables(Handover handover, string stem, params ReadOnlySpan<string> more)
    {
        var variables = new NamedValue[handover.Variables.Length + 1 + more.Length + All.Length];
        handover.Variables.CopyTo(variables);
        int next = handover.Variables.Length;
        variables[next++] = new NamedValue("PEXEN_SHARED", handover.File);
        foreach (string ending in more)
        {
            variables[next++] = new NamedValue(VariableOf(ending), stem + ending);
        }

        foreach (string ending in All)
        {
            variables[next++] = new NamedValue(VariableOf(ending), stem + ending);
        }

        return variables;
    }

    public static string VariableOf(string ending) => ending switch
    {
        Output => "PEXEN_OUTPUT",
        Environment => "PEXEN_ENV",
        Path => "PEXEN_PATH",
        Units => "PEXEN_UNITS",
        _ => "PEXEN_RESULTS",
    };
}
