using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Library;

/// <summary>Makes definitions of the resources and groups that a scheduler declares, all problems found.</summary>
internal sealed class OptionTexts(SchedulerOptions options, ICollection<Diagnostic> problems)
{
    private const string FromOneOn = "Allowed are whole numbers from 1 on";

    public ImmutableArray<ResourceDefinition> ReadResources()
    {
        Dictionary<string, ResourceDefinition> byName = new(StringComparer.OrdinalIgnoreCase);
        foreach (Resource resource in options.Resources)
        {
            string subject = $"Resource {Diagnostics.Quote(resource.Name)}";
            ResourceDefinition definition = new(resource.Name, resource.Capacity);
            if (NameText.ParseResource(resource.Name, out _) is { } allowed)
            {
                Bad(subject, "Name", resource.Name, allowed);
            }
            else if (resource.Capacity < 1)
            {
                Bad(subject, "Capacity", $"{resource.Capacity}", FromOneOn);
            }
            else if (!byName.TryAdd(resource.Name, definition) && byName[resource.Name].Capacity != resource.Capacity)
            {
                problems.Add(Diagnostics.ResourceDeclaredTwice(byName[resource.Name], definition));
            }
        }

        return [.. byName.Values];
    }

    public ImmutableArray<GroupDefinition> ReadGroups() =>
        options.Groups.Count == 0 ? [] : GroupReader.EachOnce(options.Groups.Select(Read), problems);

    private GroupDefinition? Read(UnitGroup group)
    {
        string subject = $"Group {Diagnostics.Quote(group.Name)}";
        if (NameText.ParseGroup(group.Name, out _) is { } allowed)
        {
            Bad(subject, "Name", group.Name, allowed);
            return null;
        }

        if (group.MaxParallel < 1)
        {
            Bad(subject, "MaxParallel", $"{group.MaxParallel}", FromOneOn);
        }

        return new GroupDefinition(group.Name, group.MaxParallel, group.Exclusive, group.Parent);
    }

    private void Bad(string subject, string member, string value, string allowed) =>
        problems.Add(Diagnostics.BadValue(subject, member, value, allowed, null, null));
}
