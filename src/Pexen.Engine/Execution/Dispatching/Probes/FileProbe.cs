namespace Pexen.Execution.Dispatching.Probes;

/// <summary><c>file:PATH</c>: a file or a folder of that name is there.</summary>
internal sealed class FileProbe(string path) : IReadinessProbe
{
    public bool Ask() => Path.Exists(path);

    public bool Ended(AttemptEnd end) => Ask();

    public bool Close() => false;
}
