namespace Pexen.Locking;

/// <summary>A registry that nobody else can read or change until this is disposed.</summary>
internal sealed class OpenRegistry(string file, List<SharedHold> holds, FileLock guard) : IDisposable
{
    /// <summary>The entries that count.</summary>
    public List<SharedHold> Holds => holds;

    /// <summary>Writes <see cref="Holds"/> as they are now.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public void Store()
    {
        string temporary = file + ".tmp";
        File.WriteAllLines(temporary, holds.Select(hold => hold.ToLine()));
        File.Move(temporary, file, overwrite: true);
    }

    public void Dispose() => guard.Dispose();
}
