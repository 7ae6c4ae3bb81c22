using System.IO.MemoryMappedFiles;

namespace Pexen.Benchmarks.Stopping;

/// <summary>What the processes of the trees (Peers/tree.c) note, in memory that they share with us: no file is written while it counts.</summary>
internal sealed class TreeStamps : IDisposable
{
    private const long There = 1;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly int _trees;

    public TreeStamps(string path, int trees)
    {
        _trees = trees;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, trees * 2 * sizeof(long));
        _view = _file.CreateViewAccessor();
    }

    /// <summary>When the later of a tree's two processes had it, nanoseconds of the monotonic clock, which is that of our timestamps.</summary>
    public long SignalOf(int tree)
    {
        long leader = _view.ReadInt64(tree * sizeof(long)), child = _view.ReadInt64((_trees + tree) * sizeof(long));
        return leader > There && child > There
            ? Math.Max(leader, child)
            : throw new InvalidOperationException($"tree {tree} was not there in time, or a process of it was not told to end: {leader}, {child}");
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
