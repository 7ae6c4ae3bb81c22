namespace Pexen.Scheduling;

/// <summary>
/// The resources with what is held of each right now. Every resource also counts what is held below it, so that a question costs the depth of
/// its path and never the number of resources.
/// </summary>
internal sealed class ResourceTree
{
    private readonly ScheduleGraph _graph;
    private int[] _parent;
    private int[] _capacity;
    private int[] _claims;
    private int[] _claimsBelow;
    private int[] _uses;
    private int[] _usesBelow;
    private int[] _tokens;
    private int[] _tokensLost;
    private int[] _firstChild;
    private int[] _nextSibling;
    private bool _deep;
    private readonly List<int> _used = [];
    private int[] _usedAt;

    public ResourceTree(ScheduleGraph graph)
    {
        _graph = graph;
        int count = graph.ResourceCount;
        _parent = graph.ResourceParent;
        _capacity = graph.ResourceCapacity;
        _claims = new int[count];
        _claimsBelow = new int[count];
        _uses = new int[count];
        _usesBelow = new int[count];
        _tokens = new int[count];
        _tokensLost = new int[count];
        _firstChild = new int[count];
        _nextSibling = new int[count];
        _usedAt = new int[count];
        Array.Fill(_firstChild, -1);
        for (int node = 0; node < count; node++)
        {
            Link(node);
        }
    }

    /// <summary>Makes room for the resources that the graph has got. They are not in the tree until <see cref="Link"/>.</summary>
    public void Grow()
    {
        int count = _graph.ResourceCount;
        _parent = _graph.ResourceParent;
        _capacity = _graph.ResourceCapacity;
        Growth.Reserve(ref _claims, count, 0);
        Growth.Reserve(ref _claimsBelow, count, 0);
        Growth.Reserve(ref _uses, count, 0);
        Growth.Reserve(ref _usesBelow, count, 0);
        Growth.Reserve(ref _tokens, count, 0);
        Growth.Reserve(ref _tokensLost, count, 0);
        Growth.Reserve(ref _firstChild, count, -1);
        Growth.Reserve(ref _nextSibling, count, -1);
        Growth.Reserve(ref _usedAt, count, 0);
    }

    /// <summary>Puts a resource below its parent. Nothing is held of it, nor below it, and nothing lies below it yet.</summary>
    public void Link(int node)
    {
        int above = _parent[node];
        if (above < 0)
        {
            _nextSibling[node] = -1;
            return;
        }

        _deep = true;
        _nextSibling[node] = _firstChild[above];
        _firstChild[above] = node;
    }

    /// <summary>Says which realms are shut; null where there are no exclusive groups.</summary>
    public RealmGate? Gate { get; init; }

    /// <summary>Resources below another that are used now; empty where there are no paths.</summary>
    public IReadOnlyList<int> Used => _used;

    public int ParentOf(int node) => _parent[node];

    public int FirstChildOf(int node) => _firstChild[node];

    public int NextSiblingOf(int node) => _nextSibling[node];

    public bool IsCounted(int node) => _capacity[node] > 0;

    public bool IsLonely(int node) => _parent[node] < 0 && _firstChild[node] < 0;

    /// <summary>Tokens that are not lost until the run ends.</summary>
    public int TokensLeft(int node) => _capacity[node] - _tokensLost[node];

    public bool IsBelow(int node, int above)
    {
        for (int step = _parent[node]; step >= 0; step = _parent[step])
        {
            if (step == above)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it or something above it is used.</summary>
    public bool IsUsedAtOrAbove(int node)
    {
        for (int step = node; step >= 0; step = _parent[step])
        {
            if (_uses[step] > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A place whose release has to be waited for before this can be had (see <see cref="Line.WatchedAt"/>), or -1 if it can be had now.</summary>
    public int Obstruction(Line line)
    {
        if (line.Realm >= 0)
        {
            return Gate!.Lets(line.Realm) ? -1 : Gate.Place;
        }

        int node = line.Resource;
        if (line.Mode == HoldMode.Claim)
        {
            return ObstructionOfClaim(node);
        }

        if (_claims[node] > 0 || line.Tokens > 0 && _tokens[node] + line.Tokens > _capacity[node])
        {
            return node << 1;
        }

        if (!_deep)
        {
            return -1;
        }

        if (_claimsBelow[node] > 0)
        {
            return (node << 1) + 1;
        }

        for (int above = _parent[node]; above >= 0; above = _parent[above])
        {
            if (_claims[above] > 0)
            {
                return above << 1;
            }
        }

        return -1;
    }

    public void Take(Line line) => Change(line, 1);

    public void Release(Line line) => Change(line, -1);

    /// <summary>Tokens that will not come back.</summary>
    public void Lose(Line line) => _tokensLost[line.Resource] += line.Tokens;

    /// <summary>They have come back.</summary>
    public void Recover(Line line) => _tokensLost[line.Resource] -= line.Tokens;

    private int ObstructionOfClaim(int node)
    {
        if ((_claims[node] | _uses[node]) != 0)
        {
            return node << 1;
        }

        if (!_deep)
        {
            return -1;
        }

        if ((_claimsBelow[node] | _usesBelow[node]) != 0)
        {
            return (node << 1) + 1;
        }

        for (int above = _parent[node]; above >= 0; above = _parent[above])
        {
            if ((_claims[above] | _uses[above]) != 0)
            {
                return above << 1;
            }
        }

        return -1;
    }

    private void Change(Line line, int by)
    {
        int node = line.Resource;
        int[] below;
        if (line.Mode == HoldMode.Claim)
        {
            _claims[node] += by;
            below = _claimsBelow;
        }
        else
        {
            _uses[node] += by;
            _tokens[node] += by * line.Tokens;
            below = _usesBelow;
        }

        if (!_deep)
        {
            return;
        }

        for (int above = _parent[node]; above >= 0; above = _parent[above])
        {
            below[above] += by;
        }

        if (line.Mode == HoldMode.Use && _parent[node] >= 0)
        {
            NoteUse(node, by);
        }
    }

    private void NoteUse(int node, int by)
    {
        if (by > 0 && _uses[node] == 1)
        {
            _usedAt[node] = _used.Count;
            _used.Add(node);
        }
        else if (by < 0 && _uses[node] == 0)
        {
            int last = _used[^1];
            _used[_usedAt[node]] = last;
            _usedAt[last] = _usedAt[node];
            _used.RemoveAt(_used.Count - 1);
        }
    }
}
