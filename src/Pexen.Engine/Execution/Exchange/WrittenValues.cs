using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Records;
using Pexen.Values;

namespace Pexen.Execution.Exchange;

/// <summary>What one attempt said to others in its side files.</summary>
internal sealed class WrittenValues
{
    private const int LongestVariable = 32 * 1024;
    private const string Reserved = "PEXEN_";

    private readonly UnitDefinition _unit;
    private readonly List<Diagnostic> _problems = [];

    private WrittenValues(UnitDefinition unit) => _unit = unit;

    /// <summary>From <c>PEXEN_OUTPUT</c>.</summary>
    public List<KeyValuePair<string, string>> Shared { get; private set; } = [];

    /// <summary>From <c>PEXEN_ENV</c>.</summary>
    public List<KeyValuePair<string, string>> Environment { get; private set; } = [];

    /// <summary>From <c>PEXEN_PATH</c>, absolute.</summary>
    public List<string> Folders { get; private set; } = [];

    /// <summary>From <c>PEXEN_RESULTS</c>.</summary>
    public ImmutableArray<ResultRecord> Results { get; private set; } = [];

    /// <summary>Lines that cannot be used.</summary>
    public IReadOnlyList<Diagnostic> Problems => _problems;

    /// <summary>Why a whole file cannot be read, as a sentence that names its variable, or null.</summary>
    public string? Failure { get; private set; }

    /// <summary>Null when the unit wrote nothing, as most do.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="stem">Path of its side files without the ending.</param>
    public static WrittenValues? Read(UnitDefinition unit, string stem)
    {
        WrittenValues? written = null;
        foreach (string ending in SideFileNames.All)
        {
            byte[]? bytes = SideFile.TryRead(stem + ending, out string? failure);
            if (bytes is not null)
            {
                (written ??= new WrittenValues(unit)).Take(ending, bytes);
            }
            else if (failure is not null)
            {
                (written ??= new WrittenValues(unit)).Failure ??= $"{SideFileNames.VariableOf(ending)}: {failure}";
            }
        }

        return written;
    }

    private void Take(string ending, byte[] bytes)
    {
        IReadOnlyList<LineProblem> problems;
        switch (ending)
        {
            case SideFileNames.Output:
                Shared = PairLines.Read(bytes, static (_, _) => null, out problems);
                break;
            case SideFileNames.Environment:
                Environment = PairLines.Read(bytes, CheckVariable, out problems);
                break;
            case SideFileNames.Path:
                Folders = FolderLines.Read(bytes, Path.PathSeparator, _unit.WorkingDirectory, out problems);
                break;
            default:
                Results = ResultLines.Read(bytes, out problems);
                break;
        }

        if (problems.Count > 0)
        {
            _problems.Add(Diagnostics.LinesNotUsed(_unit, SideFileNames.VariableOf(ending), problems));
        }
    }

    private static string? CheckVariable(string name, string value) =>
        name.Any(char.IsWhiteSpace) ? "the name of a variable has no blanks"
        : name.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase) ? $"variables that begin with {Reserved} are set by Pexen alone"
        : SharedVariable.SizeOf(value) > LongestVariable ? $"a variable has at most {LongestVariable} bytes; write it to PEXEN_OUTPUT"
        : null;
}
