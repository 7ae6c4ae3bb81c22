using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Library;

/// <summary>Makes definitions of resources, read as the project file's are.</summary>
internal static class ResourceTexts
{
    public static ImmutableArray<ResourceDefinition> Read(IEnumerable<Resource> resources, ICollection<Diagnostic> problems)
    {
        Dictionary<string, ResourceDefinition> byName = new(StringComparer.OrdinalIgnoreCase);
        foreach (Resource resource in resources)
        {
            string subject = $"Resource {Diagnostics.Quote(resource.Name)}";
            if (NameText.ParseResource(resource.Name, out _) is { } allowed)
            {
                problems.Add(Diagnostics.BadValue(subject, "Name", resource.Name, allowed, null, null));
                continue;
            }

            if (resource.Capacity < 1)
            {
                problems.Add(Diagnostics.BadValue(subject, "Capacity", $"{resource.Capacity}", "Allowed are whole numbers from 1 on", null, null));
                continue;
            }

            if (WhyNot(resource) is { } problem)
            {
                problems.Add(Diagnostics.BadValue(subject, "Instances", string.Join(", ", resource.Instances), problem, null, null));
                continue;
            }

            int? tokens = resource.Capacity ?? (resource.Instances.Count == 0 ? null : resource.Instances.Count);
            ResourceDefinition definition = new(resource.Name, tokens) { Instances = [.. resource.Instances] };
            if (!byName.TryAdd(resource.Name, definition) && Differ(byName[resource.Name], definition))
            {
                problems.Add(Diagnostics.ResourceDeclaredTwice(byName[resource.Name], definition));
            }
        }

        return [.. byName.Values];
    }

    private static string? WhyNot(Resource resource)
    {
        foreach (string? instance in resource.Instances)
        {
            if (InstanceText.Parse(instance ?? "", out _) is { } allowed)
            {
                return allowed;
            }
        }

        return resource.Instances.Count == 0 ? null : InstanceText.WhyNot(resource.Instances, resource.Capacity);
    }

    private static bool Differ(ResourceDefinition one, ResourceDefinition other) =>
        one.Capacity != other.Capacity || !one.Instances.SequenceEqual(other.Instances, StringComparer.OrdinalIgnoreCase);
}
