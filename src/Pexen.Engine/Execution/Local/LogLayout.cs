namespace Pexen.Execution.Local;

/// <summary>Where in the file of a log each byte of an output is kept while it is written: the beginning in its place, beyond that the latest in a ring (rule 40).</summary>
internal readonly struct LogLayout
{
    /// <summary>What stays of the end. It passes through memory once, when a cut log is closed.</summary>
    private const long LongestTail = 4 << 20;

    /// <param name="limit">Bytes that a log keeps.</param>
    public LogLayout(long limit)
    {
        Tail = Math.Min(limit / 2, LongestTail);
        Head = limit - Tail;
    }

    /// <summary>Bytes of the beginning.</summary>
    public long Head { get; }

    /// <summary>Bytes of the ring.</summary>
    public long Tail { get; }

    /// <summary>False when nothing is kept of it.</summary>
    /// <param name="position">Of a byte in the output.</param>
    /// <param name="offset">Of the same byte in the file.</param>
    /// <param name="room">How many from there on lie behind each other.</param>
    public bool Place(long position, out long offset, out long room)
    {
        if (position < Head)
        {
            offset = position;
            room = Head - position;
            return true;
        }

        long inRing = Tail == 0 ? 0 : (position - Head) % Tail;
        offset = Head + inRing;
        room = Tail - inRing;
        return Tail > 0;
    }
}
