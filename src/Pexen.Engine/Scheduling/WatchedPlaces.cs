namespace Pexen.Scheduling;

/// <summary>Which lines wait for a release where: at a resource (its number times two), or below it (one more).</summary>
internal sealed class WatchedPlaces(ResourceTree tree, int resourceCount)
{
    private Line?[] _first = new Line?[resourceCount * 2];

    public void Grow(int count) => Growth.Reserve(ref _first, count * 2, null);

    /// <summary>A blocked line waits for whoever blocks it now.</summary>
    public void Watch(Line line)
    {
        if (line.WatchedAt >= 0)
        {
            return;
        }

        int at = tree.Obstruction(line);
        line.WatchedAt = at;
        line.NextWatcher = _first[at];
        _first[at] = line;
    }

    /// <summary>All that waited at a place, linked; <see cref="Leave"/> takes them one by one.</summary>
    public Line? TakeAll(int at)
    {
        Line? first = _first[at];
        _first[at] = null;
        return first;
    }

    /// <summary>A line no longer waits; the next of those that were taken with it.</summary>
    public static Line? Leave(Line line)
    {
        Line? next = line.NextWatcher;
        line.WatchedAt = -1;
        line.NextWatcher = null;
        return next;
    }
}
