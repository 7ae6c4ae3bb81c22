using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Makes resources of declarations.</summary>
internal sealed class ResourceReader(ICollection<Diagnostic> problems)
{
    /// <summary>Reads one resource; null where its name is not one.</summary>
    public ResourceDefinition? Read(ResourceDeclaration declaration) => throw new NotImplementedException($"{problems}");
}
