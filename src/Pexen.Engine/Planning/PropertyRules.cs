using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>In one run a property of the build is set by one unit only: which of two came last would be a matter of chance (PEX1009).</summary>
internal static class PropertyRules
{
    public static void Check(ImmutableArray<UnitDefinition> units, ICollection<Diagnostic> problems)
    {
        Dictionary<string, UnitDefinition> setters = new(StringComparer.OrdinalIgnoreCase);
        foreach (UnitDefinition unit in units.Where(unit => unit.OutputProperty is not null || !unit.ExportProperties.IsEmpty))
        {
            foreach (string property in Set(unit).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                // The first phase that both have is enough to say it.
                UnitDefinition? other = null;
                foreach (string phase in unit.Phases)
                {
                    string key = $"{property};{phase};{unit.RunPer}";
                    other ??= setters.GetValueOrDefault(key);
                    setters.TryAdd(key, unit);
                }

                if (other is not null)
                {
                    problems.Add(Diagnostics.PropertySetTwice(other, unit, property));
                }
            }
        }
    }

    private static IEnumerable<string> Set(UnitDefinition unit)
    {
        IEnumerable<string> exported = unit.ExportProperties.Select(pair => pair.Value);
        return unit.OutputProperty is null ? exported : exported.Prepend(unit.OutputProperty);
    }
}
