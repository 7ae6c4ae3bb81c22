using System.Collections.Immutable;

namespace Pexen.Scheduling;

/// <summary>Says what keeps a unit from starting now. It is asked by people and records, never on the way to a start, so it may look at everything.</summary>
internal sealed class ObstacleFinder(StateTable states, DependencyTable dependencies, WaitingRoom room, bool[] keepsLocks, RealmGate? gate, KeptForFinalizers? kept)
{
    public ImmutableArray<Obstacle> ObstaclesOf(int unit)
    {
        if (states[unit] == UnitState.Waiting)
        {
            ImmutableArray<Obstacle> waits = [.. dependencies.UnfinishedOf(unit, states).Select(other => new Obstacle(ObstacleKind.Dependency, other))];
            return waits.IsEmpty ? [new Obstacle(ObstacleKind.Demand)] : waits;
        }

        if (states[unit] == UnitState.Returning)
        {
            return [new Obstacle(ObstacleKind.Slots)];
        }

        if (states[unit] != UnitState.Ready)
        {
            return [];
        }

        if (gate is not null)
        {
            // So that it is known who is inside, and who waits for all others to end.
            room.FindNext();
        }

        Line? line = room.FindObstacle(unit, out bool own);
        if (line is null)
        {
            return FindDraining(unit) is { IsEmpty: false } draining ? draining : [new Obstacle(ObstacleKind.Slots)];
        }

        if (line.IsPlace)
        {
            return line.Realm >= 0 ? AllRunning() : MembersWith(unit, line);
        }

        return own ? HoldersAgainst(line) : [new Obstacle(ObstacleKind.Ahead, room.FindAhead(unit, line), line.Resource)];
    }

    /// <summary>Exclusive groups: what runs has to end before this one starts, or before the one that it must not pass.</summary>
    private ImmutableArray<Obstacle> FindDraining(int unit)
    {
        if (gate is null)
        {
            return [];
        }

        if (gate.HasToDrain(unit))
        {
            return AllRunning();
        }

        return room.Draining >= 0 ? [new Obstacle(ObstacleKind.Group, room.Draining)] : [];
    }

    private ImmutableArray<Obstacle> AllRunning()
    {
        ImmutableArray<Obstacle> running = [.. Running().Select(other => new Obstacle(ObstacleKind.Group, other))];
        return running.IsEmpty ? [new Obstacle(ObstacleKind.Group)] : running;
    }

    private ImmutableArray<Obstacle> MembersWith(int unit, Line line) =>
        [.. Running().Where(other => other != unit && room.Lines.TakesPlace(other, line)).Select(other => new Obstacle(ObstacleKind.Group, other))];

    private IEnumerable<int> Running() => Enumerable.Range(0, states.UnitCount).Where(HasItsPlace);

    /// <summary>It runs, or is between two attempts and keeps everything but its slot.</summary>
    private bool HasItsPlace(int unit) => states[unit] == UnitState.Running || (keepsLocks[unit] && states.CanStillStart(unit));

    private ImmutableArray<Obstacle> HoldersAgainst(Line line)
    {
        ImmutableArray<Obstacle>.Builder holders = ImmutableArray.CreateBuilder<Obstacle>();
        for (int other = 0; other < states.UnitCount; other++)
        {
            bool holds = states[other] is UnitState.Running or UnitState.Up || (keepsLocks[other] && kept?.IsLent(other) != true);
            if (holds && room.Lines.FindConflict(other, line) >= 0)
            {
                holders.Add(new Obstacle(ObstacleKind.Holder, other, line.Resource));
            }
        }

        return holders.ToImmutable();
    }
}
