using Pexen.Execution.Dispatching.Groups;
using Pexen.Model;

namespace Pexen.Execution.Dispatching;

/// <summary>
/// Which units <c>PexenUnits</c> has to name so that what failed runs again. A service or a finalizer alone is needed by nobody, so those it is there for are
/// named, and they bring it; what a unit added is there only if that unit runs.
/// </summary>
internal sealed class RerunSelection
{
    private readonly IReadOnlyList<UnitRun> _units;
    private readonly SortedSet<int> _chosen = [];
    private readonly HashSet<int> _seen = [];

    private RerunSelection(IReadOnlyList<UnitRun> units) => _units = units;

    /// <summary>Names, in the order of declaration; empty where nothing failed.</summary>
    /// <param name="units">Of the run.</param>
    /// <param name="groups">Their groups, where these have a life.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<UnitRun> units, GroupRuns? groups)
    {
        var selection = new RerunSelection(units);
        foreach (UnitRun unit in units)
        {
            if (unit.Outcome?.IsFailure() == true)
            {
                selection.Add(unit.Unit.Index);
            }
        }

        foreach (GroupRun group in groups?.All ?? [])
        {
            if (group.HookFailed || group.TimedOut)
            {
                selection.AddThoseWithout(groups!.UnitsIn(group));
            }
        }

        return [.. selection._chosen.Select(index => units[index].Definition.Name)];
    }

    private void Add(int index)
    {
        if (!_seen.Add(index))
        {
            return;
        }

        UnitRun unit = _units[index];
        if (unit.Definition.Service is not null)
        {
            AddUsers(index);
        }
        else if (!unit.Definition.Finalizes.IsEmpty)
        {
            AddFinalized(unit);
        }
        else if (unit.Unit.AddedBy is string writer)
        {
            Add(_units.First(one => one.Definition.Name == writer).Unit.Index);
        }
        else
        {
            _chosen.Add(index);
        }
    }

    private void AddUsers(int service)
    {
        int[] users =
            [.. _units.Where(unit => unit.Unit.Dependencies.Any(edge => edge.Unit == service && edge.Kind is DependencyKind.Requires or DependencyKind.RequiresAny)).Select(unit => unit.Unit.Index)];
        if (users.Length == 0)
        {
            // It is up for tests.
            _chosen.Add(service);
            return;
        }

        AddThoseWithout(users);
    }

    /// <summary>Those who did not get what they needed something for; if all did, all.</summary>
    private void AddThoseWithout(IEnumerable<int> units)
    {
        int[] all = [.. units];
        int[] without = Array.FindAll(all, unit => _units[unit].Outcome is not Outcome.NotNeeded && _units[unit].Outcome?.IsSuccess() != true);
        foreach (int unit in without.Length > 0 ? without : all)
        {
            Add(unit);
        }
    }

    private void AddFinalized(UnitRun unit)
    {
        foreach (Dependency edge in unit.Unit.Dependencies)
        {
            if (edge.Kind == DependencyKind.Finalizes)
            {
                Add(edge.Unit);
            }
        }
    }
}
