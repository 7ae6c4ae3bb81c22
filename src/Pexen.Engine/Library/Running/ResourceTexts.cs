using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Library;

/// <summary>Makes definitions of resources, read as the project file's are.</summary>
internal static class ResourceTexts
{
    public static ImmutableArray<ResourceDefinition> Read(IEnumerable<Resource> resources, ICollection<Diagnostic> problems) =>
        ResourceReader.EachOnce(resources.Select(resource => Read(resource, problems)), problems);

    private static ResourceDefinition? Read(Resource resource, ICollection<Diagnostic> problems)
    {
        if (NameText.ParseResource(resource.Name, out _) is { } allowed)
        {
            return Bad("Name", resource.Name, allowed);
        }

        if (resource.Capacity < 1)
        {
            return Bad("Capacity", $"{resource.Capacity}", "Allowed are whole numbers from 1 on");
        }

        if (WhyNot(resource) is { } problem)
        {
            return Bad("Instances", string.Join(", ", resource.Instances), problem);
        }

        int? tokens = resource.Capacity ?? (resource.Instances.Count == 0 ? null : resource.Instances.Count);
        return new ResourceDefinition(resource.Name, tokens) { Instances = [.. resource.Instances] };

        ResourceDefinition? Bad(string member, string value, string allowed)
        {
            problems.Add(Diagnostics.BadValue($"Resource {Diagnostics.Quote(resource.Name)}", member, value, allowed, null, null));
            return null;
        }
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
}
