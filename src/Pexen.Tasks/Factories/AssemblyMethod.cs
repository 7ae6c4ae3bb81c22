namespace Pexen.Tasks.Factories;

/// <summary>A method of an assembly, as its metadata tells.</summary>
/// <param name="FullName">Namespace, type and method; <c>+</c> before a nested type.</param>
/// <param name="Name">The method alone.</param>
/// <param name="Path">Parts of the namespace, types and method.</param>
/// <param name="Marks">The properties of each <c>[PexenUnit]</c> on it, escaped.</param>
/// <param name="WhyNot">Why it can be no unit, as a sentence, or null.</param>
internal sealed record AssemblyMethod(
    string FullName, string Name, IReadOnlyList<string> Path, IReadOnlyList<IReadOnlyDictionary<string, string>> Marks, string? WhyNot);
