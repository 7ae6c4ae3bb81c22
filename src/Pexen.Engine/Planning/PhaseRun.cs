using Pexen.Model;

namespace Pexen.Planning;

/// <summary>What is run together and has one record: a phase, once per project or once per target framework.</summary>
internal sealed record PhaseRun(string Phase, RunPer RunPer)
{
    /// <summary>Whether the unit is declared for this run.</summary>
    public bool Has(UnitDefinition unit) => unit.RunPer == RunPer && unit.Phases.Contains(Phase, StringComparer.OrdinalIgnoreCase);

    /// <summary>Phases are folders on disks that may not tell case apart, so we do not either.</summary>
    public bool Equals(PhaseRun? other) => other is not null && RunPer == other.RunPer && Phase.Equals(other.Phase, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => HashCode.Combine(StringComparer.OrdinalIgnoreCase.GetHashCode(Phase), RunPer);

    public override string ToString() => RunPer == RunPer.Project ? Phase : $"{Phase} (per target framework)";
}
