using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Locking;

/// <summary>How far the resources of a plan reach (rule 14).</summary>
internal sealed class ResourceReach
{
    private readonly Dictionary<string, ResourceDefinition> _resources = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ResourceDefinition> _shared = [];

    public ResourceReach(ImmutableArray<ResourceDefinition> resources)
    {
        foreach (ResourceDefinition resource in resources)
        {
            if (_resources.TryAdd(resource.Name, resource) && resource.Scope != ResourceScope.Project)
            {
                _shared.Add(resource);
            }
        }
    }

    /// <summary>What every hold of a resource is worth in each scope: the resource itself in its own, and, where those below it reach further, these there.</summary>
    public IEnumerable<(ResourceScope Scope, string Resource)> Of(string resource)
    {
        // What the project's own runs have of each other they have of everything: paths of different scopes meet here.
        yield return (ResourceScope.Project, resource);
        if (_shared.Count == 0)
        {
            yield break;
        }

        ResourceScope own = ScopeOf(resource);
        if (own != ResourceScope.Project)
        {
            yield return (own, resource);
        }

        foreach (ResourceDefinition below in _shared)
        {
            if (below.Scope != own && ResourcePath.IsAbove(resource, below.Name))
            {
                yield return (below.Scope, below.Name);
            }
        }
    }

    public ResourceScope ScopeOf(string resource) => _shared.Count == 0 ? ResourceScope.Project : ResourcePath.NearestOf(resource, _resources)?.Scope ?? ResourceScope.Project;

    public int CapacityOf(string resource) => _resources.GetValueOrDefault(resource)?.Capacity ?? 0;

    /// <summary>The names of its instances, parted by <c>;</c>.</summary>
    public string InstancesOf(string resource) =>
        _resources.TryGetValue(resource, out ResourceDefinition? definition) && !definition.Instances.IsEmpty ? string.Join(';', definition.Instances) : "";
}
