namespace Pexen.Locking;

/// <summary>
/// One run per project, phase and target framework at a time (rule 14). Two locks: the builder's, held by the task for its whole time, and the
/// supervisor's, held by the host for its life. A new run needs both, so it also waits for a supervisor whose build was killed and that still cleans up.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly FileLock _lock;

    private RunLock(FileLock taken) => _lock = taken;

    /// <summary>Taken by the task before it looks at the last record or plans to write one.</summary>
    /// <param name="folder">Where the locks are.</param>
    /// <param name="key">What to lock.</param>
    /// <param name="waiting">Told once if it has to wait, with the holder where that is known.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="buildId">The build that takes it, for those who wait.</param>
    /// <exception cref="OperationCanceledException">Cancelled meanwhile.</exception>
    public static RunLock TakeAsBuilder(UserFolder folder, RunKey key, Action<LockHolder?> waiting, CancellationToken cancellation, string buildId = "")
    {
        string builder = BuilderFile(folder, key);
        string supervisor = SupervisorFile(folder, key);
        bool told = false;
        FileLock? taken = null;
        try
        {
            taken = FileLock.TryTake(builder);
            if (taken is null)
            {
                // Whoever has just taken it may not have written down who it is.
                cancellation.WaitHandle.WaitOne(Interval);
                cancellation.ThrowIfCancellationRequested();
                taken = FileLock.TryTake(builder);
            }

            if (taken is null)
            {
                told = true;
                waiting(LockHolder.Read(HolderOf(builder)));
                taken = FileLock.Take(builder, Interval, cancellation);
            }

            while (FileLock.IsHeld(supervisor))
            {
                if (!told)
                {
                    told = true;
                    waiting(LockHolder.Read(HolderOf(supervisor)));
                }

                cancellation.WaitHandle.WaitOne(Interval);
                cancellation.ThrowIfCancellationRequested();
            }

            (LockHolder.Current with { BuildId = buildId }).Write(HolderOf(builder));
            return new RunLock(taken);
        }
        catch
        {
            taken?.Dispose();
            throw;
        }
    }

    /// <summary>Taken by the host at its start, while the task holds the builder's lock. Null when another supervisor of the same run lives.</summary>
    public static RunLock? TryTakeAsSupervisor(UserFolder folder, RunKey key, string buildId = "")
    {
        string supervisor = SupervisorFile(folder, key);
        if (FileLock.TryTake(supervisor) is not FileLock taken)
        {
            return null;
        }

        (LockHolder.Current with { BuildId = buildId }).Write(HolderOf(supervisor));
        return new RunLock(taken);
    }

    /// <summary>Whether a supervisor of such a run lives.</summary>
    public static bool IsSupervised(UserFolder folder, RunKey key) => FileLock.IsHeld(SupervisorFile(folder, key));

    public void Dispose() => _lock.Dispose();

    private static string BuilderFile(UserFolder folder, RunKey key) => Path.Combine(folder.Locks, $"{key.FileName}.builder");

    private static string SupervisorFile(UserFolder folder, RunKey key) => Path.Combine(folder.Locks, $"{key.FileName}.supervisor");

    private static string HolderOf(string file) => file + ".by";
}
