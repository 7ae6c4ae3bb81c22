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

    public static string VariableOf(string ending) => ending switch
    {
        Output => "PEXEN_OUTPUT",
        Environment => "PEXEN_ENV",
        Path => "PEXEN_PATH",
        Units => "PEXEN_UNITS",
        _ => "PEXEN_RESULTS",
    };
}
