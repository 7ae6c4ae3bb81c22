using Pexen.Model;

namespace Pexen.Scheduling;

/// <summary>What the table of dependencies needs besides when edges are added during a run: their links, and which choice is which.</summary>
internal sealed class LaterEdges(int firstEdge)
{
    private readonly Dictionary<int, List<Dependency>> _added = [];
    private readonly Dictionary<long, int> _choices = [];
    private int[] _first = [];
    private int[] _next = [];
    private bool _numbered;

    public void Grow(int unitCount) => Growth.Reserve(ref _first, unitCount, -1);

    /// <summary>The edge from a provider that was added last, or -1.</summary>
    public int FirstFrom(int provider) => provider < _first.Length ? _first[provider] : -1;

    /// <summary>The one before, or -1.</summary>
    public int Next(int edge) => _next[edge - firstEdge];

    public void Add(int provider, int edge)
    {
        Growth.Set(ref _next, edge - firstEdge, _first[provider]);
        _first[provider] = edge;
    }

    /// <summary>What a unit of the plan waits for besides, whether it has ended or not.</summary>
    public IReadOnlyList<Dependency> AddedTo(int unit) => _added.TryGetValue(unit, out List<Dependency>? added) ? added : [];

    public void Note(int unit, Dependency dependency)
    {
        if (!_added.TryGetValue(unit, out List<Dependency>? added))
        {
            added = [];
            _added.Add(unit, added);
        }

        added.Add(dependency);
    }

    /// <summary>The number of a unit's choice, or -1.</summary>
    public int ChoiceOf(int unit, int choice) => _choices.GetValueOrDefault(Key(unit, choice), -1);

    public void NoteChoice(int unit, int choice, int number) => _choices.Add(Key(unit, choice), number);

    /// <summary>Numbers the choices of the plan in the order of units and of first mention. False if that was done before.</summary>
    public bool NumberChoices(ScheduleGraph graph, int units)
    {
        if (_numbered)
        {
            return false;
        }

        _numbered = true;
        int number = 0;
        for (int unit = 0; unit < units; unit++)
        {
            for (int index = graph.DependencyStart[unit]; index < graph.DependencyStart[unit + 1]; index++)
            {
                Dependency dependency = graph.Dependencies[index];
                if (dependency.Kind == DependencyKind.RequiresAny && _choices.TryAdd(Key(unit, dependency.Choice), number))
                {
                    number++;
                }
            }
        }

        return true;
    }

    private static long Key(int unit, int choice) => (long)unit << 32 | (uint)choice;
}
