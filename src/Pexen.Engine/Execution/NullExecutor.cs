namespace Pexen.Execution;

/// <summary>For runs of milestones only, inside the build's own process: it starts nothing.</summary>
internal sealed class NullExecutor : IExecutor
{
    public void Start(Launch launch) => throw new InvalidOperationException($"unit '{launch.Name}' needs a supervisor");

    public void Stop(int unit, TimeSpan grace)
    {
    }

    public AttemptEnd? Wait(TimeSpan? limit) => null;

    public void Wake()
    {
    }

    public IReadOnlyList<string> Sweep() => [];

    public void Dispose()
    {
    }
}
