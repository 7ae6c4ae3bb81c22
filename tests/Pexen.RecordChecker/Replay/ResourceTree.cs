using System.Globalization;
using Pexen.RecordChecking.Input;

namespace Pexen.RecordChecking.Replay;

/// <summary>All resources that a record names, as a tree of paths; names are compared without case.</summary>
internal sealed class ResourceTree
{
    private readonly Dictionary<string, ResourceNode> _nodes = new(StringComparer.OrdinalIgnoreCase);

    public ResourceTree(IEnumerable<ResourceEntry> resources)
    {
        foreach (ResourceEntry resource in resources)
        {
            this[resource.Name].Capacity = resource.Capacity;
            this[resource.Name].Instances = resource.Instances;
        }
    }

    public ResourceNode this[string name]
    {
        get
        {
            if (_nodes.TryGetValue(name, out ResourceNode? node))
            {
                return node;
            }

            int slash = name.LastIndexOf('/');
            ResourceNode? parent = slash > 0 ? this[name[..slash]] : null;
            node = new ResourceNode(name, parent);
            parent?.Children.Add(node);
            _nodes.Add(name, node);
            return node;
        }
    }

    public ResourceNode? Find(string? name) => name is null ? null : _nodes.GetValueOrDefault(name);

    /// <summary>What a unit declares: claims once each, uses of one resource added up.</summary>
    public Want[] WantsOf(UnitEntry unit)
    {
        List<Want> wants = [];
        foreach (string claim in unit.Claims.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            wants.Add(new Want(this[claim], true, 0));
        }

        foreach (var uses in unit.Uses.Select(ParseUse).GroupBy(use => use.Name, StringComparer.OrdinalIgnoreCase))
        {
            ResourceNode node = this[uses.Key];
            wants.Add(new Want(node, false, node.Capacity is null ? 0 : uses.Sum(use => use.Tokens)));
        }

        return [.. wants];
    }

    /// <summary>Splits <c>gpu*2</c> into a name and a number of tokens.</summary>
    public static (string Name, int Tokens) ParseUse(string text)
    {
        int star = text.LastIndexOf('*');
        return star > 0 && int.TryParse(text[(star + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int tokens)
            ? (text[..star], tokens)
            : (text, 1);
    }
}
