using System.Collections.Immutable;

namespace Pexen.Scheduling;

/// <summary>Says what keeps a unit from starting now. It is asked by people and records, never on the way to a start, so it may look at everything.</summary>
internal sealed class ObstacleFinder(StateTable states, DependencyTable dependencies, WaitingRoom room, bool[] keepsLocks)
{
    public ImmutableArray<Obstacle> ObstaclesOf(int unit)
    {
        if (states[unit] == UnitState.Waiting)
        {
            return [.. dependencies.UnfinishedOf(unit, states).Select(other => new Obstacle(ObstacleKind.Dependency, other))];
        }

        if (states[unit] != UnitState.Ready)
        {
            return [];
        }

        Line? line = room.FindObstacle(unit, out bool own);
        if (line is null)
        {
            return [new Obstacle(ObstacleKind.Slots)];
        }

        return own ? HoldersAgainst(line) : [new Obstacle(ObstacleKind.Ahead, room.FindAhead(unit, line), line.Resource)];
    }

    private ImmutableArray<Obstacle> HoldersAgainst(Line line)
    {
        ImmutableArray<Obstacle>.Builder holders = ImmutableArray.CreateBuilder<Obstacle>();
        for (int other = 0; other < states.UnitCount; other++)
        {
            bool holds = states[other] == UnitState.Running || keepsLocks[other];
            if (holds && room.Lines.FindConflict(other, line) >= 0)
            {
                holders.Add(new Obstacle(ObstacleKind.Holder, other, line.Resource));
            }
        }

        return holders.ToImmutable();
    }
}
