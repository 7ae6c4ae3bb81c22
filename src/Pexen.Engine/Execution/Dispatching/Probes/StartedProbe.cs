namespace Pexen.Execution.Dispatching.Probes;

/// <summary><c>started</c>: asked for the first time when the executor has had its turn, so a service that could not be started has ended by then.</summary>
internal sealed class StartedProbe : IReadinessProbe
{
    public bool Ask() => true;

    public bool Ended(AttemptEnd end) => true;

    public bool Close() => false;
}
