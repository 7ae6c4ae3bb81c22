using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Looks at the names of metadata: what is not due yet, what looks like a slip. The rest is the user's own.</summary>
/// <param name="known">Name to whether it is due.</param>
/// <param name="itemType">For messages.</param>
internal sealed class MetadataNames(IReadOnlyDictionary<string, bool> known, string itemType)
{
    /// <summary>What MSBuild and the .NET SDK themselves put on items; some are one letter away from names of ours.</summary>
    private static readonly HashSet<string> Foreign = new(StringComparer.OrdinalIgnoreCase)
    {
        "FullPath", "RootDir", "Filename", "Extension", "RelativeDir", "Directory", "RecursiveDir", "Identity", "ModifiedTime",
        "CreatedTime", "AccessedTime", "DefiningProjectFullPath", "DefiningProjectDirectory", "DefiningProjectName",
        "DefiningProjectExtension", "Link", "LinkBase", "Visible", "Pack", "PackagePath", "Type", "Version", "User", "Output",
        "DependentUpon", "SubType", "Generator", "CopyToOutputDirectory", "CopyToPublishDirectory", "TargetPath", "OriginalItemSpec",
        "MSBuildSourceProjectFile", "MSBuildSourceTargetName",
    };

    private readonly Dictionary<string, string?> _meant = new(StringComparer.OrdinalIgnoreCase);

    public void Check(
        string subject, string? unit, IReadOnlyDictionary<string, string> metadata, SourceLocation source, bool warn, ICollection<Diagnostic> problems)
    {
        foreach ((string name, string text) in metadata)
        {
            if (known.TryGetValue(name, out bool due))
            {
                if (!due && !string.IsNullOrWhiteSpace(text))
                {
                    problems.Add(Diagnostics.NotYet($"{subject}: the metadata '{name}' of {itemType}", unit, source));
                }
            }
            else if (warn && Meant(name) is { } meant)
            {
                problems.Add(Diagnostics.MisspeltMetadata(subject, name, meant, unit, source));
            }
        }
    }

    /// <summary>The same few names come on every item of a glob, so each is compared once.</summary>
    private string? Meant(string name)
    {
        if (!_meant.TryGetValue(name, out string? meant))
        {
            meant = Foreign.Contains(name) ? null : NearestName.Find(name, known.Keys);
            _meant.Add(name, meant);
        }

        return meant;
    }
}
