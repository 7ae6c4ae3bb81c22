using Pexen.Execution.Dispatching.Groups;
using Pexen.Model;

namespace Pexen.Library;

/// <summary>A callback of a group that runs. A work item of the thread pool.</summary>
internal sealed class GroupCall(UnitsRun run, GroupRun group, GroupHook hook, Func<GroupContext, Task> callback, GroupContext context, CancellationTokenSource token) : IThreadPoolWorkItem
{
    public GroupRun Group => group;

    public GroupHook Hook => hook;

    /// <summary>It was asked to end. Written by the run alone.</summary>
    public bool WasAsked { get; set; }

    /// <summary>It has ended, or was given up. Written by the run alone.</summary>
    public bool IsOver { get; set; }

    /// <summary>Lets it know that it should end. What its callbacks do is not waited for.</summary>
    public void SignalToken() => _ = token.CancelAsync();

    public void Execute()
    {
        if (run.Ambient is ExecutionContext ambient)
        {
            ExecutionContext.Run(ambient, static state => ((GroupCall)state!).Begin(), this);
        }
        else
        {
            Begin();
        }
    }

    private void Begin() => _ = CallAsync();

    private async Task CallAsync()
    {
        Exception? problem = null;
        try
        {
            Task task = callback(context) ?? throw new InvalidOperationException("The callback is to return a task, and returned null.");
            await task.ConfigureAwait(false);
        }
        catch (Exception thrown)
        {
            problem = thrown;
        }

        try
        {
            run.EndCall(this, problem);
        }
        catch (Exception fault)
        {
            run.Break(fault);
        }
    }
}
