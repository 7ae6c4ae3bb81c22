using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>A limit above what the machine has limits nothing (PEX1006, a warning: another machine may have it).</summary>
internal static class MemoryRules
{
    /// <summary>Whether anything is limited that could be compared with the machine.</summary>
    public static bool Concern(ProjectSettings settings, ImmutableArray<UnitDefinition> units)
    {
        if (settings.MemoryLimit is not null)
        {
            return true;
        }

        foreach (UnitDefinition unit in units)
        {
            if (unit.Limits.Memory is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="request">Says what the machine has.</param>
    /// <param name="members">The units of the run that is asked for.</param>
    /// <param name="problems">Takes what there is to say.</param>
    public static void Check(PlanRequest request, ReadOnlySpan<int> members, ICollection<Diagnostic> problems)
    {
        if (request.MachineMemory is not long most)
        {
            return;
        }

        if (request.MemoryLimit > most)
        {
            problems.Add(Diagnostics.MoreMemoryThanThereIs("The project", "PexenMemoryLimit", request.MemoryLimit.Value, most, null, request.Project));
        }

        foreach (int member in members)
        {
            UnitDefinition unit = request.Units[member];
            if (unit.Limits.Memory > most)
            {
                problems.Add(Diagnostics.MoreMemoryThanThereIs($"Unit {Diagnostics.Quote(unit.Name)}", "MemoryLimit", unit.Limits.Memory.Value, most, unit.Name, unit.Source));
            }
        }
    }
}
