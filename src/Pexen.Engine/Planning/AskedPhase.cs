using System.Collections.Immutable;

namespace Pexen.Planning;

/// <summary>The phase that somebody asked for by <c>PexenPhase</c>, as the units of the project know it.</summary>
/// <param name="Name">As it was first declared, for it names a folder, a record and a lock.</param>
/// <param name="Unknown">A message where it is no standard phase and no unit has it, else null.</param>
internal sealed record AskedPhase(string Name, string? Unknown)
{
    /// <returns>Null on success, else a sentence that says what is allowed.</returns>
    public static string? Read(string text, ImmutableArray<UnitDeclaration> units, out AskedPhase asked)
    {
        string? allowed = NameText.ParsePhase(text.Trim(), out string name);
        asked = new AskedPhase(name, null);
        if (allowed is not null || Phases.IsStandard(name))
        {
            return allowed;
        }

        string[] declared = [.. units.SelectMany(unit => MetadataText.Split(unit.Metadata.GetValueOrDefault("Phase", "")))];
        asked = Array.Find(declared, phase => phase.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } spelling
            ? new AskedPhase(spelling, null)
            : new AskedPhase(name, Describe(name, NearestName.Find(name, [.. declared, .. Phases.Standard])));
        return null;
    }

    private static string Describe(string name, string? nearest) =>
        $"Pexen {name}: no unit has this phase" + (nearest is null ? "" : $"; did you mean {nearest}?");
}
