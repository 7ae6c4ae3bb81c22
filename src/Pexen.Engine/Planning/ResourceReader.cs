using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Makes resources of declarations.</summary>
internal sealed class ResourceReader(ICollection<Diagnostic> problems)
{
    private readonly MetadataNames _names = new(Vocabulary.ResourceMetadata, "PexenResource");

    /// <summary>Names of those that say how far they reach.</summary>
    private readonly HashSet<string> _scopes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads one resource; null where its name is not one.</summary>
    public ResourceDefinition? Read(ResourceDeclaration declaration)
    {
        string name = MetadataText.Unescape(declaration.Include).Trim();
        string subject = $"Resource {Diagnostics.Quote(name)}";
        DeclaredValues values = new(subject, null, declaration.Metadata, declaration.Source, problems);
        _names.Check(subject, null, declaration.Metadata, declaration.Source, warn: true, problems);
        ResourceScope scope = ReadScope(name, values);
        int capacity = values.Value("Capacity", 0, ScalarText.PositiveInteger);
        if (NameText.ParseResource(name, out _) is { } allowed)
        {
            values.Bad("Include", name, allowed);
            return null;
        }

        ImmutableArray<string> instances = ReadInstances(values, capacity == 0 ? null : capacity);
        int? tokens = capacity > 0 ? capacity : instances.IsEmpty ? null : instances.Length;
        return new ResourceDefinition(name, tokens, declaration.Source) { Scope = scope, Instances = instances };
    }

    /// <summary>All that were read, each once: the same declaration twice is one, two that differ are a mistake.</summary>
    public ImmutableArray<ResourceDefinition> ReadAll(IEnumerable<ResourceDeclaration> declarations) =>
        WithScopes(EachOnce(declarations.Select(Read), problems));

    /// <summary>The same for resources that are read already.</summary>
    public static ImmutableArray<ResourceDefinition> EachOnce(IEnumerable<ResourceDefinition?> resources, ICollection<Diagnostic> problems) =>
        DeclaredOnce.Of(resources, static one => one.Name, Differ, Diagnostics.ResourceDeclaredTwice, problems);

    private static bool Differ(ResourceDefinition one, ResourceDefinition other) =>
        one.Capacity != other.Capacity || one.Scope != other.Scope || !one.Instances.SequenceEqual(other.Instances, StringComparer.OrdinalIgnoreCase);

    private static ImmutableArray<string> ReadInstances(DeclaredValues values, int? capacity)
    {
        ImmutableArray<string> instances = values.List<string>("Instances", InstanceText.Parse);
        if (instances.IsEmpty || InstanceText.WhyNot(instances, capacity) is not { } problem)
        {
            return instances;
        }

        values.Bad("Instances", string.Join(';', instances), problem);
        return [];
    }

    /// <summary>Rule 14: those that do not say how far they reach, reach as far as the nearest declared above them.</summary>
    private ImmutableArray<ResourceDefinition> WithScopes(ImmutableArray<ResourceDefinition> resources)
    {
        if (_scopes.Count == 0)
        {
            return resources;
        }

        Dictionary<string, ResourceDefinition> said = resources.Where(resource => _scopes.Contains(resource.Name)).ToDictionary(resource => resource.Name, StringComparer.OrdinalIgnoreCase);
        return [.. resources.Select(resource => resource with { Scope = ResourcePath.NearestOf(resource.Name, said)?.Scope ?? ResourceScope.Project })];
    }

    private ResourceScope ReadScope(string name, DeclaredValues values)
    {
        string text = values.Word("Scope") ?? "";
        if (text.Length == 0)
        {
            return ResourceScope.Project;
        }

        // Not by Enum.TryParse, for which 2 is a scope too.
        foreach (ResourceScope scope in (ReadOnlySpan<ResourceScope>)[ResourceScope.Project, ResourceScope.Repository, ResourceScope.Machine])
        {
            if (text.Equals(scope.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                _scopes.Add(name);
                return scope;
            }
        }

        values.Bad("Scope", text, "Allowed are Project, Repository and Machine");
        return ResourceScope.Project;
    }
}
