using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Makes <see cref="ProjectSettings"/> of the text of properties.</summary>
internal static class SettingsReader
{
    /// <summary>The properties worth handing to <see cref="Read"/>.</summary>
    public static IReadOnlyCollection<string> PropertyNames => Vocabulary.Properties.Keys;

    /// <summary>Reads all properties; what is wrong is added to <paramref name="problems"/> and replaced by its default.</summary>
    /// <param name="properties">Name to text as MSBuild evaluated it, escaped; empty is the same as absence.</param>
    /// <param name="processors">Default of <c>PexenMaxParallel</c>.</param>
    /// <param name="project">Where problems point to.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static ProjectSettings Read(
        IReadOnlyDictionary<string, string> properties, int processors, SourceLocation project, ICollection<Diagnostic> problems) =>
        throw new NotImplementedException();
}
