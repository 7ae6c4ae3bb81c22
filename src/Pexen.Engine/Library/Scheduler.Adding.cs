using System.Collections.Immutable;

namespace Pexen;

public sealed partial class Scheduler
{
    private readonly List<Unit> _units = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Adds units, for this and all later runs. While no run is under way only their names are looked at, so that units may be added one by one in any order; the
    /// next <see cref="RunAsync"/> looks at the rest. During a run they are checked at once and take part in it.
    /// </summary>
    /// <exception cref="PlanException">Something is wrong with them: none was added.</exception>
    /// <exception cref="ArgumentException">A unit is null.</exception>
    public void Add(params IEnumerable<Unit> units)
    {
        ImmutableArray<Unit> all = WithoutNull(units);
        lock (_gate)
        {
            ThrowIfNamesAreTaken(all);
            if (_underWay)
            {
                _run!.Add(all);
            }

            Take(all);
            _prepared = null;
        }
    }

    private static ImmutableArray<Unit> WithoutNull(IEnumerable<Unit> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        ImmutableArray<Unit> all = [.. units];
        return all.Contains(null!) ? throw new ArgumentException("A unit is null.", nameof(units)) : all;
    }

    private void ThrowIfNamesAreTaken(ImmutableArray<Unit> units)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        ImmutableArray<Diagnostic> problems =
            [.. units.Where(unit => _names.Contains(unit.Name) || !names.Add(unit.Name)).Select(unit => Diagnostics.UnitAddedTwice(unit.Name))];
        if (!problems.IsEmpty)
        {
            throw new PlanException(problems);
        }
    }

    private void Take(ImmutableArray<Unit> units)
    {
        foreach (Unit unit in units)
        {
            _units.Add(unit);
            _names.Add(unit.Name);
        }
    }
}
