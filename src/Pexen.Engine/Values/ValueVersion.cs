namespace Pexen.Values;

/// <summary>
/// One writing of one key: who, what, and over which other writings. Whether one writing comes after another is asked often and of long chains,
/// so where each has one before it the way back is jumped, not walked.
/// </summary>
internal sealed class ValueVersion<T>
{
    private readonly ValueVersion<T>[] _before;

    /// <summary>The nearest one, itself included, that was written over none or over several.</summary>
    private readonly ValueVersion<T> _fork;

    private readonly ValueVersion<T>? _jump;

    /// <param name="writer">The unit.</param>
    /// <param name="value">What it wrote.</param>
    /// <param name="before">What the unit inherited under this key, all of it.</param>
    public ValueVersion(int writer, T value, ValueVersion<T>[] before)
    {
        (Writer, Value, _before) = (writer, value, before);
        foreach (ValueVersion<T> one in before)
        {
            Depth = Math.Max(Depth, one.Depth + 1);
        }

        if (before.Length != 1)
        {
            _fork = this;
            return;
        }

        ValueVersion<T> parent = before[0];
        _fork = parent._fork;
        bool even = parent._jump is { } first && first._jump is { } second && parent.Depth - first.Depth == first.Depth - second.Depth;
        _jump = even ? parent._jump!._jump : parent;
    }

    /// <summary>Index of the unit that wrote it.</summary>
    public int Writer { get; }

    public T Value { get; }

    /// <summary>More than that of any writing before it.</summary>
    public int Depth { get; }

    /// <summary>The writings that this one was made in knowledge of.</summary>
    public ReadOnlySpan<ValueVersion<T>> Before => _before;

    /// <summary>Whether this one was written by somebody who had inherited <paramref name="other"/>, or what was written over it.</summary>
    public bool Supersedes(ValueVersion<T> other)
    {
        if (other.Depth >= Depth)
        {
            return false;
        }

        return _fork.Depth <= other.Depth ? At(other.Depth) == other : _fork.SupersedesBeyondFork(other);
    }

    private bool SupersedesBeyondFork(ValueVersion<T> other)
    {
        HashSet<ValueVersion<T>> seen = [];
        Stack<ValueVersion<T>> forks = new([this]);
        while (forks.TryPop(out ValueVersion<T>? fork))
        {
            foreach (ValueVersion<T> one in fork._before)
            {
                if (one == other)
                {
                    return true;
                }

                if (one.Depth <= other.Depth)
                {
                    continue;
                }

                if (one._fork.Depth > other.Depth)
                {
                    if (seen.Add(one._fork))
                    {
                        forks.Push(one._fork);
                    }
                }
                else if (one.At(other.Depth) == other)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The one of that depth on the way to the fork.</summary>
    private ValueVersion<T> At(int depth)
    {
        ValueVersion<T> one = this;
        while (one.Depth > depth)
        {
            one = one._jump is { } jump && jump.Depth >= depth ? jump : one._before[0];
        }

        return one;
    }
}
