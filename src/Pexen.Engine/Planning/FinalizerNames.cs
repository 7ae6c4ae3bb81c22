using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Whether finalizers name units that there are, and that run where they do.</summary>
internal static class FinalizerNames
{
    public static void Check(ImmutableArray<UnitDefinition> units, ICollection<Diagnostic> problems)
    {
        Dictionary<string, UnitDefinition>? byName = null;
        Dictionary<string, string?> meant = new(StringComparer.OrdinalIgnoreCase);
        foreach (UnitDefinition unit in units)
        {
            if (unit.Finalizes.IsEmpty)
            {
                continue;
            }

            byName ??= ByName(units);
            foreach (string name in unit.Finalizes)
            {
                if (!byName.TryGetValue(name, out UnitDefinition? finalized))
                {
                    if (!meant.TryGetValue(name, out string? nearest))
                    {
                        meant.Add(name, nearest = NearestName.Find(name, byName.Keys));
                    }

                    problems.Add(Diagnostics.UnknownFinalized(unit, name, nearest));
                }
                else if (finalized.RunPer != unit.RunPer || !unit.Phases.Any(phase => finalized.Phases.Contains(phase, StringComparer.OrdinalIgnoreCase)))
                {
                    problems.Add(Diagnostics.FinalizesNothingOfItsPhase(unit, finalized));
                }
            }
        }
    }

    private static Dictionary<string, UnitDefinition> ByName(ImmutableArray<UnitDefinition> units)
    {
        Dictionary<string, UnitDefinition> byName = new(units.Length, StringComparer.OrdinalIgnoreCase);
        foreach (UnitDefinition unit in units)
        {
            byName.TryAdd(unit.Name, unit);
        }

        return byName;
    }
}
