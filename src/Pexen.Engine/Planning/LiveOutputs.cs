using Pexen.Model;

namespace Pexen.Planning;

/// <summary>The outputs of a running plan: no two units declare one file, nor one of them a folder that the other writes into (PEX1009).</summary>
internal sealed class LiveOutputs(string projectDirectory, ICollection<Diagnostic> problems)
{
    private static readonly StringComparer Comparer = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    private readonly Dictionary<string, Output> _byPath = new(Comparer);

    /// <summary>For each folder the first output that lies below it.</summary>
    private readonly Dictionary<string, Output> _below = new(Comparer);
    private readonly List<string> _newPaths = [];
    private readonly List<string> _newFolders = [];

    public void Add(UnitDefinition unit)
    {
        foreach (string text in unit.Outputs)
        {
            string path = text.Replace('\\', '/');
            Add(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, projectDirectory)), new Output(unit, text, path.EndsWith('/')));
        }
    }

    public void Keep()
    {
        _newPaths.Clear();
        _newFolders.Clear();
    }

    /// <summary>Forgets what came since it was last kept.</summary>
    public void TakeBack()
    {
        _newPaths.ForEach(path => _byPath.Remove(path));
        _newFolders.ForEach(folder => _below.Remove(folder));
        Keep();
    }

    private void Add(string path, Output output)
    {
        if (_byPath.TryAdd(path, output))
        {
            _newPaths.Add(path);
        }
        else
        {
            Compare(_byPath[path], output);
        }

        if (output.IsFolder && _below.TryGetValue(path, out Output? inside))
        {
            Compare(inside, output);
        }

        for (string? folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (_byPath.TryGetValue(folder, out Output? above) && above.IsFolder)
            {
                Compare(above, output);
            }

            if (_below.TryAdd(folder, output))
            {
                _newFolders.Add(folder);
            }
        }
    }

    private void Compare(Output first, Output second)
    {
        if (first.Unit != second.Unit)
        {
            problems.Add(Diagnostics.OutputDeclaredTwice(first.Unit, first.Text, second.Unit, second.Text));
        }
    }

    private sealed record Output(UnitDefinition Unit, string Text, bool IsFolder);
}
