using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Makes groups of declarations.</summary>
internal sealed class GroupReader(ICollection<Diagnostic> problems)
{
    private readonly MetadataNames _names = new(Vocabulary.GroupMetadata, "PexenGroup");

    /// <summary>Whether a group has commands of its own, by the text of its declaration alone.</summary>
    public static bool HasSomethingToRun(GroupDeclaration group) =>
        Array.Exists(Enum.GetNames<GroupHook>(), hook => group.Metadata.TryGetValue(hook, out string? text) && !string.IsNullOrWhiteSpace(text));

    /// <summary>Reads one group; null where its name is not one.</summary>
    public GroupDefinition? Read(GroupDeclaration declaration)
    {
        string name = MetadataText.Unescape(declaration.Include).Trim();
        string subject = $"Group {Diagnostics.Quote(name)}";
        DeclaredValues values = new(subject, null, declaration.Metadata, declaration.Source, problems);
        _names.Check(subject, null, declaration.Metadata, declaration.Source, warn: true, problems);
        int width = values.Value("MaxParallel", 0, ScalarText.PositiveInteger);
        bool exclusive = values.Value("Exclusive", false, ScalarText.Boolean);
        string? parent = values.Value<string?>("Group", null, NameText.ParseGroup);
        TimeSpan? timeout = values.Limit("Timeout", null);
        var hooks = new GroupHooks(values.Text("OnStarted"), values.Text("OnSucceeded"), values.Text("OnFinished"));
        if (NameText.ParseGroup(name, out _) is { } allowed)
        {
            values.Bad("Include", name, allowed);
            return null;
        }

        return new GroupDefinition(name, width == 0 ? null : width, exclusive, parent, declaration.Source) { Timeout = timeout, Hooks = hooks };
    }

    /// <summary>All that were read, each once: the same declaration twice is one, two that differ are a mistake.</summary>
    public ImmutableArray<GroupDefinition> ReadAll(IEnumerable<GroupDeclaration> declarations) => EachOnce(declarations.Select(Read), problems);

    /// <inheritdoc cref="ReadAll"/>
    public static ImmutableArray<GroupDefinition> EachOnce(IEnumerable<GroupDefinition?> read, ICollection<Diagnostic> problems) =>
        DeclaredOnce.Of(read, static one => one.Name, Differ, Diagnostics.GroupDeclaredTwice, problems);

    private static bool Differ(GroupDefinition one, GroupDefinition other) =>
        one.MaxParallel != other.MaxParallel
        || one.Exclusive != other.Exclusive
        || one.Timeout != other.Timeout
        || one.Hooks != other.Hooks
        || !string.Equals(one.Parent, other.Parent, StringComparison.OrdinalIgnoreCase);
}
