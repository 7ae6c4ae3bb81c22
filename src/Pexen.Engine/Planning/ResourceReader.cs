using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Makes resources of declarations.</summary>
internal sealed class ResourceReader(ICollection<Diagnostic> problems)
{
    private readonly MetadataNames _names = new(Vocabulary.ResourceMetadata, "PexenResource");

    /// <summary>Reads one resource; null where its name is not one.</summary>
    public ResourceDefinition? Read(ResourceDeclaration declaration)
    {
        string name = MetadataText.Unescape(declaration.Include).Trim();
        string subject = $"Resource {Diagnostics.Quote(name)}";
        DeclaredValues values = new(subject, null, declaration.Metadata, declaration.Source, problems);
        _names.Check(subject, null, declaration.Metadata, declaration.Source, warn: true, problems);
        ReadScope(subject, values, declaration.Source);
        int capacity = values.Value("Capacity", 0, ScalarText.PositiveInteger);
        if (NameText.ParseResource(name, out _) is { } allowed)
        {
            values.Bad("Include", name, allowed);
            return null;
        }

        ImmutableArray<string> instances = ReadInstances(values, capacity == 0 ? null : capacity);
        int? tokens = capacity > 0 ? capacity : instances.IsEmpty ? null : instances.Length;
        return new ResourceDefinition(name, tokens, declaration.Source) { Instances = instances };
    }

    /// <summary>All that were read, each once: the same declaration twice is one, two that differ are a mistake.</summary>
    public ImmutableArray<ResourceDefinition> ReadAll(IEnumerable<ResourceDeclaration> declarations) =>
        DeclaredOnce.Of(declarations.Select(Read), static one => one.Name, Differ, Diagnostics.ResourceDeclaredTwice, problems);

    private static bool Differ(ResourceDefinition one, ResourceDefinition other) =>
        one.Capacity != other.Capacity || !one.Instances.SequenceEqual(other.Instances, StringComparer.OrdinalIgnoreCase);

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

    private void ReadScope(string subject, DeclaredValues values, SourceLocation source)
    {
        switch (values.Word("Scope")?.ToLowerInvariant())
        {
            case null or "" or "project":
                return;
            case "repository" or "machine":
                problems.Add(Diagnostics.NotYet($"{subject}: Scope=\"{values.Word("Scope")}\"", null, source));
                return;
            default:
                values.Bad("Scope", values.Word("Scope")!, "Allowed are Project, Repository and Machine");
                return;
        }
    }
}
