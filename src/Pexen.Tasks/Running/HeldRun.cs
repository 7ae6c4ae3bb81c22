using System.Collections.Concurrent;
using Microsoft.Build.Framework;
using Pexen.Execution;
using Pexen.Execution.Protocol;
using Pexen.Locking;

namespace Pexen.Tasks.Running;

/// <summary>
/// A run that goes on while tests run, for its services are for them. MSBuild keeps it meanwhile: until a later task of the same project takes it back,
/// or, where none comes because the build was cancelled, until the build ends.
/// </summary>
internal sealed class HeldRun : IDisposable
{
    private readonly Supervision _supervision;
    private readonly BlockingCollection<HostMessage> _messages = [];
    private readonly Task<RunEnd> _run;

    /// <summary>Begins the run.</summary>
    public HeldRun(Supervision supervision, RunRequest request, UserFolder folder, CancellationToken cancellation)
    {
        _supervision = supervision;
        _run = Task.Factory.StartNew(() => Run(request, folder, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The run that was kept for a phase of a project, or null.</summary>
    public static HeldRun? TakeBack(IBuildEngine engine, RunKey key) =>
        (engine as IBuildEngine4)?.UnregisterTaskObject(NameOf(key), RegisteredTaskObjectLifetime.Build) as HeldRun;

    /// <summary>Waits until tests may begin. Null: they will not, and the run is over.</summary>
    public ReadyMessage? WaitUntilReady(Action<HostMessage> observe)
    {
        foreach (HostMessage message in _messages.GetConsumingEnumerable())
        {
            if (message is ReadyMessage ready)
            {
                return ready;
            }

            observe(message);
        }

        return null;
    }

    /// <summary>Has MSBuild keep it.</summary>
    public void Keep(IBuildEngine engine, RunKey key) =>
        ((IBuildEngine4)engine).RegisterTaskObject(NameOf(key), this, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);

    /// <summary>It goes on by itself until the tests after the build have ended; nobody here will hear of it.</summary>
    public void Leave() => _run.ContinueWith(_ => _supervision.Dispose(), TaskScheduler.Default);

    /// <summary>Nobody needs its services any more: waits for the end of the run.</summary>
    /// <param name="observe">Told what is said meanwhile.</param>
    /// <param name="cancellation">Of the task that waits; that of the one that began it has ended.</param>
    public RunEnd End(Action<HostMessage> observe, CancellationToken cancellation)
    {
        _supervision.LetGo();
        using CancellationTokenRegistration cancel = cancellation.Register(_supervision.Cancel);
        foreach (HostMessage message in _messages.GetConsumingEnumerable())
        {
            observe(message);
        }

        return _run.GetAwaiter().GetResult();
    }

    /// <summary>
    /// The end of the build, if nobody has taken it back, for it was cancelled; what there is to say is in the record alone then. As after every cancel, finalizers have
    /// their time, and a second Ctrl-C ends them.
    /// </summary>
    public void Dispose()
    {
        if (!_run.IsCompleted)
        {
            _supervision.Cancel();
        }

        End(_ => { }, CancellationToken.None);
        _supervision.Dispose();
        _messages.Dispose();
    }

    private RunEnd Run(RunRequest request, UserFolder folder, CancellationToken cancellation)
    {
        try
        {
            return _supervision.Run(request, folder, _messages.Add, cancellation);
        }
        finally
        {
            _messages.CompleteAdding();
        }
    }

    private static string NameOf(RunKey key) => $"Pexen held run: {key.FileName}";
}
