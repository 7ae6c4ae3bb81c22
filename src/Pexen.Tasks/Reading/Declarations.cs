using System.Collections;
using System.Collections.Immutable;
using Microsoft.Build.Framework;
using Pexen.Model;
using Pexen.Planning;
using Pexen.Tasks.Factories;

namespace Pexen.Tasks.Reading;

/// <summary>The items as the planner takes them: raw, escaped, each knowing where it comes from.</summary>
internal sealed class Declarations
{
    private static readonly IReadOnlyDictionary<string, string> NoMetadata = ImmutableDictionary<string, string>.Empty;

    private readonly FactoryUnits _factories;
    private readonly Lazy<ItemPlace[]> _units;
    private readonly Lazy<ItemPlace[]> _resources;
    private readonly Lazy<ItemPlace[]> _shared;
    private readonly Lazy<ItemPlace[]> _groups;
    private readonly Lazy<ItemPlace[]> _others;

    public Declarations(
        IReadOnlyList<ITaskItem> units,
        IReadOnlyList<ITaskItem> resources,
        IReadOnlyList<ITaskItem> shared,
        IReadOnlyList<ITaskItem> groups,
        IReadOnlyList<ITaskItem> others,
        FactoryUnits factories)
    {
        _factories = factories;
        Units =
        [
            .. units.Select((item, index) => new UnitDeclaration(Include(item), Metadata(item), Source(item, "PexenUnit", index))),
            .. factories.Units,
        ];
        Resources = [.. resources.Select((item, index) => new ResourceDeclaration(Include(item), Metadata(item), Source(item, "PexenResource", index)))];
        Shared = [.. shared.Select((item, index) => new SharedDeclaration(Include(item), Metadata(item), Source(item, "PexenShared", index)))];
        Groups = [.. groups.Select((item, index) => new GroupDeclaration(Include(item), Metadata(item), Source(item, "PexenGroup", index)))];
        Others = [.. others.Select((item, index) => (item.GetMetadata("ItemType"), Include(item), OtherSource(item, index)))];
        _units = new(() => Places(Units.Take(units.Count).Select(unit => (unit.Include, unit.Source, unit.Metadata))));
        _resources = new(() => Places(Resources.Select(resource => (resource.Include, resource.Source, resource.Metadata))));
        _shared = new(() => Places(Shared.Select(preset => (preset.Include, preset.Source, preset.Metadata))));
        _groups = new(() => Places(Groups.Select(group => (group.Include, group.Source, group.Metadata))));
        _others = new(() => Places(Others.Select(other => (other.Include, other.Source, NoMetadata))));
    }

    /// <summary>Those of items first, then those that factories make.</summary>
    public ImmutableArray<UnitDeclaration> Units { get; }

    /// <summary>Why units may be missing.</summary>
    public IReadOnlyList<Diagnostic> Problems => _factories.Problems;

    /// <summary>Assemblies whose units may be missing, if their phase has come.</summary>
    public IReadOnlyList<AbsentAssembly> Absent => _factories.Absent;

    public ImmutableArray<ResourceDeclaration> Resources { get; }

    public ImmutableArray<SharedDeclaration> Shared { get; }

    public ImmutableArray<GroupDeclaration> Groups { get; }

    /// <summary>Items of types that this version does not have yet.</summary>
    public ImmutableArray<(string ItemType, string Include, SourceLocation Source)> Others { get; }

    /// <summary>How an item is found in its file; null where the location is not that of an item.</summary>
    public ItemPlace? Find(SourceLocation location)
    {
        ItemPlace[] places = location.ItemType switch
        {
            null => [],
            "PexenUnit" => _units.Value,
            "PexenResource" => _resources.Value,
            "PexenShared" => _shared.Value,
            "PexenGroup" when !Groups.IsEmpty => _groups.Value,
            _ => _others.Value,
        };
        return location.Item >= 0 && location.Item < places.Length ? places[location.Item] : null;
    }

    /// <summary>Where a unit was declared, by its name: what a supervisor says comes back without the place of the item.</summary>
    public SourceLocation? SourceOf(string unit) =>
        Units.FirstOrDefault(declaration => UnitReader.NameOf(declaration).Equals(unit, StringComparison.OrdinalIgnoreCase))?.Source;

    private static ItemPlace[] Places(IEnumerable<(string Include, SourceLocation Source, IReadOnlyDictionary<string, string> Metadata)> items)
    {
        Dictionary<(string?, string, string), int> counts = [];
        List<ItemPlace> places = [];
        foreach ((string include, SourceLocation source, IReadOnlyDictionary<string, string> metadata) in items)
        {
            (string?, string, string) key = (source.ItemType, source.File, include);
            int before = counts.GetValueOrDefault(key);
            counts[key] = before + 1;
            places.Add(new ItemPlace(source.ItemType!, Uri.UnescapeDataString(include), before, metadata));
        }

        return [.. places];
    }

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

    /// <summary>They come by way of an item of ours, so that MSBuild names our file as theirs.</summary>
    private static SourceLocation OtherSource(ITaskItem item, int index) =>
        new(item.GetMetadata("DefinedIn")) { Item = index, ItemType = item.GetMetadata("ItemType") };
}
