using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Tasks.Results;

/// <summary>A plan takes it that the phases before have run and succeeded as they are now: in a fresh clone nothing has, and it is to be read there too.</summary>
internal sealed class EarlierPlanned(IEnumerable<UnitDefinition> units) : IEarlierPhases
{
    private readonly EarlierRun _all = new(
        true,
        units.DistinctBy(unit => unit.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(unit => unit.Name, unit => new EarlierUnit(unit.Digest), StringComparer.OrdinalIgnoreCase));

    public EarlierRun? Last(PhaseRun run) => _all;
}
