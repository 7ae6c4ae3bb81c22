using System.Collections;
using Microsoft.Build.Framework;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Tasks.Factories;

/// <summary>The units that items of the factory types stand for, in the order of those items, type by type.</summary>
internal sealed class FactoryUnits
{
    /// <summary>What the targets put on the items to get them here.</summary>
    private static readonly HashSet<string> OfTheTargets = new(StringComparer.OrdinalIgnoreCase) { "ItemType", "DefinedIn", "Value" };

    private readonly List<UnitDeclaration> _units = [];
    private readonly List<AbsentAssembly> _absent = [];
    private readonly List<Diagnostic> _problems = [];

    /// <param name="settings">Items with an <c>ItemType</c>; those of other types are passed over.</param>
    /// <param name="projectDirectory">What files are relative to; absolute.</param>
    /// <param name="engine">Of the task that asks.</param>
    public FactoryUnits(IReadOnlyList<ITaskItem> settings, string projectDirectory, IBuildEngine? engine)
    {
        ScriptUnits.Expand(Items(settings, ScriptUnits.ItemType), projectDirectory, _units, _problems);
        AssemblyUnits.Expand(Items(settings, AssemblyUnits.ItemType), projectDirectory, _units, _absent, _problems);
        ManifestUnits.Expand(Items(settings, ManifestUnits.ItemType), projectDirectory, engine, _units, _problems);
    }

    public IReadOnlyList<UnitDeclaration> Units => _units;

    /// <summary>Assemblies that are not there, or not yet.</summary>
    public IReadOnlyList<AbsentAssembly> Absent => _absent;

    /// <summary>What stands against having all units.</summary>
    public IReadOnlyList<Diagnostic> Problems => _problems;

    private static IReadOnlyList<FactoryItem> Items(IReadOnlyList<ITaskItem> settings, string itemType)
    {
        List<FactoryItem> items = [];
        for (int index = 0; index < settings.Count; index++)
        {
            ITaskItem item = settings[index];
            if (item.GetMetadata("ItemType").Equals(itemType, StringComparison.Ordinal))
            {
                // MSBuild names our file as theirs, for they come by way of an item of ours.
                SourceLocation source = new(item.GetMetadata("DefinedIn")) { Item = index, ItemType = itemType };
                items.Add(new FactoryItem(itemType, item.ItemSpec, item.GetMetadata("RecursiveDir"), Metadata(item), source));
            }
        }

        return items;
    }

    private static Dictionary<string, string> Metadata(ITaskItem item)
    {
        IDictionary custom = ((ITaskItem2)item).CloneCustomMetadataEscaped();
        Dictionary<string, string> metadata = new(custom.Count, StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in custom)
        {
            if (!OfTheTargets.Contains((string)entry.Key))
            {
                metadata[(string)entry.Key] = (string?)entry.Value ?? "";
            }
        }

        return metadata;
    }
}
