using Microsoft.Build.Framework;
using Pexen.Model;
using Pexen.Planning;
using Pexen.Tasks.Running;

namespace Pexen.Tasks;

/// <summary>The tests have ended: services that were up for them are stopped, and finalizers that waited for them run.</summary>
[MSBuildMultiThreadableTask]
public sealed class EndTests : PexenTask
{
    /// <summary>The phase before the tests.</summary>
    [Required]
    public string Phase { get; set; } = "";

    /// <inheritdoc />
    public override bool Execute()
    {
        bool succeeded = true;
        foreach (RunPer kind in Context.RunPer)
        {
            succeeded &= new PhaseOfBuild(this, new PhaseRun(Phase, kind), CancellationToken.None).LetGo();
        }

        return succeeded;
    }
}
