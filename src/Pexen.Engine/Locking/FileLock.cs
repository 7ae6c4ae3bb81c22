namespace Pexen.Locking;

/// <summary>An exclusive lock on a file, which vanishes with the process that holds it, however that ends.</summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _stream;

    private FileLock(FileStream stream) => _stream = stream;

    /// <summary>Null when another holds it.</summary>
    public static FileLock? TryTake(string path)
    {
        try
        {
            // Not deleted on disposal: a waiter may have opened the same file already, and would then lock what is gone.
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException))
        {
            return null;
        }
    }

    /// <summary>Looks again every <paramref name="interval"/> until it has it.</summary>
    /// <exception cref="OperationCanceledException">Cancelled meanwhile.</exception>
    public static FileLock Take(string path, TimeSpan interval, CancellationToken cancellation)
    {
        while (true)
        {
            if (TryTake(path) is FileLock taken)
            {
                return taken;
            }

            cancellation.WaitHandle.WaitOne(interval);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Whether somebody holds it now.</summary>
    public static bool IsHeld(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using FileLock? probe = TryTake(path);
        return probe is null;
    }

    public void Dispose() => _stream.Dispose();
}
