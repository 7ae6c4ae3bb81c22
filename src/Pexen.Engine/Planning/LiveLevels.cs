using Pexen.Model;

namespace Pexen.Planning;

/// <summary>
/// A number for each unit of a running plan, higher than those of all units it waits for. An edge that keeps this order closes no circle, and
/// one that breaks it moves only the units that wait for it; if that comes back to where the edge leads, it does.
/// Units that have started wait for nobody any more, so no circle goes through them.
/// </summary>
internal sealed class LiveLevels
{
    private readonly LiveIndex _index;
    private readonly List<int> _levels = [];
    private readonly List<(int Unit, int Before)> _moved = [];

    /// <summary>Levels of a plan, which has no cycle.</summary>
    public LiveLevels(LiveIndex index)
    {
        _index = index;
        Append(0);
    }

    /// <summary>Gives levels to the units from a number on; false where they wait for each other.</summary>
    public bool Append(int first)
    {
        int count = _index.Count;
        int[] pending = new int[count - first];
        Queue<int> ready = new();
        for (int unit = first; unit < count; unit++)
        {
            _levels.Add(0);
            pending[unit - first] = _index.EdgesOf(unit).Count(edge => edge.Unit >= first);
            if (pending[unit - first] == 0)
            {
                ready.Enqueue(unit);
            }
        }

        int done = 0;
        for (; ready.TryDequeue(out int unit); done++)
        {
            foreach (Dependency edge in _index.EdgesOf(unit))
            {
                _levels[unit] = Math.Max(_levels[unit], _levels[edge.Unit] + 1);
            }

            foreach (int dependent in _index.DependentsOf(unit))
            {
                if (dependent >= first && --pending[dependent - first] == 0)
                {
                    ready.Enqueue(dependent);
                }
            }
        }

        return done == count - first;
    }

    /// <summary>Makes room for a new edge; false where it closes a circle.</summary>
    public bool Join(AddedDependency added, Func<int, bool> hasStarted)
    {
        int provider = added.Dependency.Unit;
        Stack<(int Unit, int Above)> todo = new([(added.Unit, _levels[provider])]);
        while (todo.TryPop(out (int Unit, int Above) next))
        {
            if (_levels[next.Unit] > next.Above || hasStarted(next.Unit))
            {
                continue;
            }

            if (next.Unit == provider)
            {
                return false;
            }

            _moved.Add((next.Unit, _levels[next.Unit]));
            _levels[next.Unit] = next.Above + 1;
            foreach (int dependent in _index.DependentsOf(next.Unit))
            {
                todo.Push((dependent, next.Above + 1));
            }
        }

        return true;
    }

    public void Keep() => _moved.Clear();

    /// <summary>As it was before the units from a number on came.</summary>
    public void TakeBack(int first)
    {
        for (int next = _moved.Count - 1; next >= 0; next--)
        {
            _levels[_moved[next].Unit] = _moved[next].Before;
        }

        _moved.Clear();
        _levels.RemoveRange(first, _levels.Count - first);
    }
}
