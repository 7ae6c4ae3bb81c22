using Microsoft.Build.Framework;
using Pexen.Model;
using Pexen.Planning;
using Pexen.Tasks.Running;

namespace Pexen.Tasks;

/// <summary>The tests have ended: services that were up for them are stopped, and finalizers that waited for them run.</summary>
[MSBuildMultiThreadableTask]
public sealed class EndTests : PexenTask, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>The phase before the tests.</summary>
    [Required]
    public string Phase { get; set; } = "";

    /// <summary>Finalizers have a limit from now on. Comes on any thread, perhaps often.</summary>
    public void Cancel()
    {
        if (!_cancellation.IsCancellationRequested)
        {
            _cancellation.Cancel();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _cancellation.Dispose();

    /// <inheritdoc />
    public override bool Execute()
    {
        bool succeeded = true;
        foreach (RunPer kind in Context.RunPer)
        {
            succeeded &= new PhaseOfBuild(this, new PhaseRun(Phase, kind), _cancellation.Token).LetGo();
        }

        return succeeded;
    }
}
