namespace Pexen.Scheduling;

/// <summary>
/// The resources with what is held of each right now. Every resource also counts what is held below it, so that a question costs the depth of
/// its path and never the number of resources.
/// </summary>
internal sealed class ResourceTree
{
    private readonly int[] parent;
    private readonly int[] capacity;
    private readonly int[] claims;
    private readonly int[] claimsBelow;
    private readonly int[] uses;
    private readonly int[] usesBelow;
    private readonly int[] tokens;
    private readonly int[] tokensLost;
    private readonly int[] firstChild;
    private readonly int[] nextSibling;
    private readonly bool deep;
    private readonly List<int> used = [];
    private readonly int[] usedAt;

    public ResourceTree(ScheduleGraph graph)
    {
        int count = graph.ResourceCount;
        parent = graph.ResourceParent;
        capacity = graph.ResourceCapacity;
        claims = new int[count];
        claimsBelow = new int[count];
        uses = new int[count];
        usesBelow = new int[count];
        tokens = new int[count];
        tokensLost = new int[count];
        firstChild = new int[count];
        nextSibling = new int[count];
        usedAt = new int[count];
        for (int node = 0; node < count; node++)
        {
            firstChild[node] = -1;
        }

        for (int node = 0; node < count; node++)
        {
            int above = parent[node];
            if (above >= 0)
            {
                deep = true;
                nextSibling[node] = firstChild[above];
                firstChild[above] = node;
            }
            else
            {
                nextSibling[node] = -1;
            }
        }
    }

    /// <summary>Resources below another that are used now; empty where there are no paths.</summary>
    public IReadOnlyList<int> Used => used;

    public int ParentOf(int node) => parent[node];

    public int FirstChildOf(int node) => firstChild[node];

    public int NextSiblingOf(int node) => nextSibling[node];

    public bool IsCounted(int node) => capacity[node] > 0;

    public bool IsLonely(int node) => parent[node] < 0 && firstChild[node] < 0;

    /// <summary>Tokens that are not lost until the run ends.</summary>
    public int TokensLeft(int node) => capacity[node] - tokensLost[node];

    public bool IsBelow(int node, int above)
    {
        for (int step = parent[node]; step >= 0; step = parent[step])
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
        for (int step = node; step >= 0; step = parent[step])
        {
            if (uses[step] > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A place whose release has to be waited for before this can be had (see <see cref="Line.WatchedAt"/>), or -1 if it can be had now.</summary>
    public int Obstruction(Line line)
    {
        int node = line.Resource;
        if (line.Mode == HoldMode.Claim)
        {
            return ObstructionOfClaim(node);
        }

        if (claims[node] > 0 || line.Tokens > 0 && tokens[node] + line.Tokens > capacity[node])
        {
            return node << 1;
        }

        if (!deep)
        {
            return -1;
        }

        if (claimsBelow[node] > 0)
        {
            return (node << 1) + 1;
        }

        for (int above = parent[node]; above >= 0; above = parent[above])
        {
            if (claims[above] > 0)
            {
                return above << 1;
            }
        }

        return -1;
    }

    public void Take(Line line) => Change(line, 1);

    public void Release(Line line) => Change(line, -1);

    /// <summary>Tokens that will not come back.</summary>
    public void Lose(Line line) => tokensLost[line.Resource] += line.Tokens;

    private int ObstructionOfClaim(int node)
    {
        if ((claims[node] | uses[node]) != 0)
        {
            return node << 1;
        }

        if (!deep)
        {
            return -1;
        }

        if ((claimsBelow[node] | usesBelow[node]) != 0)
        {
            return (node << 1) + 1;
        }

        for (int above = parent[node]; above >= 0; above = parent[above])
        {
            if ((claims[above] | uses[above]) != 0)
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
            claims[node] += by;
            below = claimsBelow;
        }
        else
        {
            uses[node] += by;
            tokens[node] += by * line.Tokens;
            below = usesBelow;
        }

        if (!deep)
        {
            return;
        }

        for (int above = parent[node]; above >= 0; above = parent[above])
        {
            below[above] += by;
        }

        if (line.Mode == HoldMode.Use && parent[node] >= 0)
        {
            NoteUse(node, by);
        }
    }

    private void NoteUse(int node, int by)
    {
        if (by > 0 && uses[node] == 1)
        {
            usedAt[node] = used.Count;
            used.Add(node);
        }
        else if (by < 0 && uses[node] == 0)
        {
            int last = used[^1];
            used[usedAt[node]] = last;
            usedAt[last] = usedAt[node];
            used.RemoveAt(used.Count - 1);
        }
    }
}
