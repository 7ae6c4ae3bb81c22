namespace Pexen.Locking;

/// <summary>
/// The file that says who holds what within one scope, for all runs of this user. Guarded by a lock that is held for an instant; an entry counts only
/// while its run keeps its own file locked, so what a killed run held is free at once.
/// </summary>
/// <param name="folder">The folder of the locks.</param>
/// <param name="name">Names the scope: a project, a repository or the machine.</param>
internal sealed class HoldsRegistry(string folder, string name)
{
    private const int Attempts = 50;

    private readonly string _file = Path.Combine(folder, $"{name}.holds");

    /// <summary>Locked by a run for as long as its entries are to count.</summary>
    public static string AliveFile(string folder, string runId) => Path.Combine(folder, $"{RunKey.FileNameFor("run", runId)}.alive");

    /// <summary>The registry, to be closed at once; null when somebody else has it open now.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public OpenRegistry? TryOpen()
    {
        FileLock? guard = TakeGuard();
        if (guard is null)
        {
            return null;
        }

        try
        {
            return new OpenRegistry(_file, ReadLiving(), guard);
        }
        catch
        {
            guard.Dispose();
            throw;
        }
    }

    private FileLock? TakeGuard()
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (FileLock.TryTake(_file + ".guard") is FileLock guard)
            {
                return guard;
            }

            Thread.Yield();
        }

        return null;
    }

    private List<SharedHold> ReadLiving()
    {
        if (!File.Exists(_file))
        {
            return [];
        }

        var alive = new Dictionary<string, bool>();
        var holds = new List<SharedHold>();
        foreach (string line in File.ReadLines(_file))
        {
            if (SharedHold.FromLine(line) is not SharedHold hold)
            {
                continue;
            }

            if (!alive.TryGetValue(hold.RunId, out bool lives))
            {
                alive.Add(hold.RunId, lives = FileLock.IsHeld(AliveFile(folder, hold.RunId)));
            }

            if (lives)
            {
                holds.Add(hold);
            }
        }

        return holds;
    }
}
