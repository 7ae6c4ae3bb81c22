using System.Collections;
using System.Collections.Immutable;
using Microsoft.Build.Framework;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Tasks.Reading;

/// <summary>The items as the planner takes them: raw, escaped, each knowing where it comes from.</summary>
internal sealed class Declarations
{
    public Declarations(IReadOnlyList<ITaskItem> units, IReadOnlyList<ITaskItem> resources, IReadOnlyList<ITaskItem> others)
    {
        Units = [.. units.Select((item, index) => new UnitDeclaration(Include(item), Metadata(item), Source(item, "PexenUnit", index)))];
        Resources = [.. resources.Select((item, index) => new ResourceDeclaration(Include(item), Metadata(item), Source(item, "PexenResource", index)))];
        Others = [.. others.Select((item, index) => (item.GetMetadata("ItemType"), Source(item, item.GetMetadata("ItemType"), index)))];
    }

    public ImmutableArray<UnitDeclaration> Units { get; }

    public ImmutableArray<ResourceDeclaration> Resources { get; }

    /// <summary>Items of types that this version does not have yet.</summary>
    public ImmutableArray<(string ItemType, SourceLocation Source)> Others { get; }

    /// <summary>The text of an item's Include, unescaped, and how many items before it have the same in the same file.</summary>
    public (string Include, int Before)? Find(SourceLocation location)
    {
        (string Include, SourceLocation Source)[] items = location.ItemType switch
        {
            "PexenUnit" => [.. Units.Select(unit => (unit.Include, unit.Source))],
            "PexenResource" => [.. Resources.Select(resource => (resource.Include, resource.Source))],
            _ => [],
        };
        if (location.Item < 0 || location.Item >= items.Length)
        {
            return null;
        }

        string include = items[location.Item].Include;
        int before = items.Take(location.Item).Count(item => item.Include == include && item.Source.File == location.File);
        return (Uri.UnescapeDataString(include), before);
    }

    /// <summary>Where a unit was declared, by its name: what a supervisor says comes back without the place of the item.</summary>
    public SourceLocation? SourceOf(string unit) =>
        Units.FirstOrDefault(declaration => NameOf(declaration).Equals(unit, StringComparison.OrdinalIgnoreCase))?.Source;

    private static string NameOf(UnitDeclaration unit) =>
        Uri.UnescapeDataString(unit.Metadata.TryGetValue("Name", out string? name) && name.Length > 0 ? name : unit.Include);

    private static string Include(ITaskItem item) => ((ITaskItem2)item).EvaluatedIncludeEscaped;

    private static Dictionary<string, string> Metadata(ITaskItem item)
    {
        IDictionary custom = ((ITaskItem2)item).CloneCustomMetadataEscaped();
        var metadata = new Dictionary<string, string>(custom.Count, StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in custom)
        {
            metadata[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        return metadata;
    }

    private static SourceLocation Source(ITaskItem item, string itemType, int index) =>
        new(item.GetMetadata("DefiningProjectFullPath")) { Item = index, ItemType = itemType };
}
