using System.Collections.Immutable;
using Microsoft.Build.Framework;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Tasks.Reading;

/// <summary>What the targets tell every task about the project, by <c>_PexenSetting</c> items: paths first, then the user's properties.</summary>
internal sealed class BuildContext
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    public BuildContext(IEnumerable<ITaskItem> settings)
    {
        foreach (ITaskItem setting in settings)
        {
            _values[setting.ItemSpec] = ((ITaskItem2)setting).GetMetadataValueEscaped("Value");
        }
    }

    public string ProjectFile => Path("ProjectFile");

    public string ProjectDirectory => System.IO.Path.GetDirectoryName(ProjectFile)!;

    /// <summary>Absolute; never relative to the current directory, which is anybody's.</summary>
    public string OutputDirectory => System.IO.Path.GetFullPath(Path("OutputDirectory"), ProjectDirectory);

    public string? TargetFramework => Path("TargetFramework") is { Length: > 0 } framework ? framework : null;

    public string? RuntimeIdentifier => Path("RuntimeIdentifier") is { Length: > 0 } identifier ? identifier : null;

    public string Host => Path("Host");

    public string BuildIdentity => Path("BuildIdentity");

    /// <summary>Folder of the documentation in the package.</summary>
    public string Docs => Path("Docs");

    /// <summary>Which kinds of units this instance of the project runs.</summary>
    public ImmutableArray<RunPer> RunPer => [.. Path("RunPer").Split(';').Select(Enum.Parse<RunPer>)];

    /// <summary>The user's properties, escaped.</summary>
    public IReadOnlyDictionary<string, string> Properties => _values;

    public SourceLocation Project => new(ProjectFile);

    /// <summary>All frameworks of the project, or the one; empty where there is none.</summary>
    public ImmutableArray<string> Frameworks =>
        [.. $"{Path("TargetFrameworks")};{TargetFramework}".Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The folder of a run's record (contract 5).</summary>
    public string FolderOf(PhaseRun run) => FolderOf(run, TargetFramework);

    public string FolderOf(PhaseRun run, string? framework)
    {
        // Without a framework the two kinds of run must still not share a record.
        string[] between = run.RunPer == Model.RunPer.Project ? [] : [framework ?? "any", RuntimeIdentifier ?? ""];
        return System.IO.Path.Combine([OutputDirectory, .. between, run.Phase]);
    }

    private string Path(string name) => Uri.UnescapeDataString(_values.GetValueOrDefault(name, ""));
}
