using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Finds the knots of a graph and a short way round each. No recursion: a chain may have a hundred thousand units.</summary>
internal sealed class CycleFinder(RunGraph graph)
{
    private readonly int[] _order = new int[graph.Members.Length];
    private readonly int[] _low = new int[graph.Members.Length];
    private readonly int[] _knot = new int[graph.Members.Length];
    private readonly Stack<int> _open = new();
    private readonly List<List<int>> _knots = [];
    private int _visited;

    /// <summary>One path for each knot and each unit that waits for itself; the first unit is repeated at the end.</summary>
    public IEnumerable<Cycle> Find()
    {
        Array.Fill(_knot, -1);
        for (int start = 0; start < graph.Members.Length; start++)
        {
            if (_order[start] == 0)
            {
                Visit(start);
            }
        }

        IEnumerable<Cycle> ofOne = Enumerable.Range(0, graph.Members.Length)
            .Where(WaitsForItself)
            .Select(unit => new Cycle([unit, unit], 0));
        IEnumerable<Cycle> ofSeveral = _knots
            .Where(knot => knot.Count > 1)
            .Select(ShortWayRound);
        return ofOne.Concat(ofSeveral).OrderBy(cycle => cycle.Path[0]);
    }

    /// <summary>Tarjan's strongly connected components, with the stack of calls as a stack of (unit, next edge).</summary>
    private void Visit(int start)
    {
        Stack<(int Unit, int Edge)> calls = new();
        calls.Push((start, graph.Starts[start]));
        Enter(start);
        while (calls.TryPop(out (int Unit, int Edge) call))
        {
            (int unit, int edge) = call;
            if (edge == graph.Starts[unit + 1])
            {
                Leave(unit);
                if (calls.TryPeek(out (int Unit, int Edge) caller))
                {
                    _low[caller.Unit] = Math.Min(_low[caller.Unit], _low[unit]);
                }

                continue;
            }

            calls.Push((unit, edge + 1));
            int next = graph.Edges[edge].Unit;
            if (_order[next] == 0)
            {
                Enter(next);
                calls.Push((next, graph.Starts[next]));
            }
            else if (_knot[next] < 0)
            {
                _low[unit] = Math.Min(_low[unit], _order[next]);
            }
        }
    }

    private void Enter(int unit)
    {
        _order[unit] = _low[unit] = ++_visited;
        _open.Push(unit);
    }

    private void Leave(int unit)
    {
        if (_low[unit] != _order[unit])
        {
            return;
        }

        List<int> knot = [];
        int member;
        do
        {
            member = _open.Pop();
            _knot[member] = _knots.Count;
            knot.Add(member);
        }
        while (member != unit);
        _knots.Add(knot);
    }

    private bool WaitsForItself(int unit)
    {
        foreach (Dependency edge in graph.EdgesOf(unit))
        {
            if (edge.Unit == unit)
            {
                return true;
            }
        }

        return false;
    }

    private Cycle ShortWayRound(List<int> knot)
    {
        List<int> path = ShortestThrough(knot.Min());
        return new Cycle(path, knot.Count - (path.Count - 1));
    }

    /// <summary>Breadth first within the knot, from its first unit back to it.</summary>
    private List<int> ShortestThrough(int start)
    {
        Dictionary<int, int> cameFrom = [];
        Queue<int> queue = new([start]);
        while (queue.TryDequeue(out int unit))
        {
            foreach (Dependency edge in graph.EdgesOf(unit))
            {
                if (edge.Unit == start && unit != start)
                {
                    return PathBack(cameFrom, start, unit);
                }

                if (edge.Unit != start && _knot[edge.Unit] == _knot[start] && cameFrom.TryAdd(edge.Unit, unit))
                {
                    queue.Enqueue(edge.Unit);
                }
            }
        }

        throw new InvalidOperationException("A knot of several units has a way round.");
    }

    private static List<int> PathBack(Dictionary<int, int> cameFrom, int start, int last)
    {
        List<int> path = [start];
        for (int unit = last; unit != start; unit = cameFrom[unit])
        {
            path.Add(unit);
        }

        path.Add(start);
        path.Reverse();
        return path;
    }
}
