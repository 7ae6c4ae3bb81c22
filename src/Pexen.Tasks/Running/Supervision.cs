using System.Runtime.InteropServices;
using Pexen.Execution;
using Pexen.Execution.Dispatching;
using Pexen.Execution.Local;
using Pexen.Execution.Protocol;
using Pexen.Execution.Supervision;
using Pexen.Locking;

namespace Pexen.Tasks.Running;

/// <summary>Has a plan run: by a supervisor, or, where no process is to be started, here.</summary>
internal sealed class Supervision : IDisposable
{
    private readonly HostClient? _client;
    private PosixSignalRegistration? _again;

    /// <param name="host">Path of the supervisor.</param>
    /// <param name="isNeeded">Whether a process is to be started. Then the supervisor starts now, and gets ready beside the planning.</param>
    public Supervision(string host, bool isNeeded)
    {
        if (isNeeded)
        {
            _client = new HostClient(Dotnet.Path, host);
            _client.Start();
        }
    }

    /// <summary>Runs to the end.</summary>
    public RunEnd Run(RunRequest request, UserFolder folder, Action<HostMessage> observe, CancellationToken cancellation)
    {
        if (_client is null)
        {
            return RunHere(request, folder, observe, cancellation);
        }

        using CancellationTokenRegistration cancel = cancellation.Register(Cancel);
        using ProcessEnd? builder = BuilderOfNode.Watch(_client.Abandon);
        FinishMessage? finish = _client.Run(request, observe);
        if (builder is { HasEnded: true })
        {
            BuilderOfNode.EndNode();
        }

        return new RunEnd(finish);
    }

    /// <summary>The tests that the run is held for have ended. From any thread.</summary>
    public void LetGo() => _client?.LetGo();

    /// <summary>
    /// Ends a run that a supervisor has. MSBuild tells of the first Ctrl-C only; a second one ends the finalizers too, so that is listened for here, once
    /// there was a first. From any thread, but once.
    /// </summary>
    public void Cancel()
    {
        _client!.Cancel();
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _again = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            // The build ends in order, as MSBuild has it; a node that ignores the signal goes on to.
            context.Cancel = true;
            _client.Cancel();
        });
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _again?.Dispose();
        _client?.Dispose();
    }

    private static RunEnd RunHere(RunRequest request, UserFolder folder, Action<HostMessage> observe, CancellationToken cancellation)
    {
        using var executor = new NullExecutor();
        using ISharedHolds shared = new SharedHolds(folder, request.ProjectFile, request.RunId, request.Plan.Resources);
        var dispatcher = new Dispatcher(request, executor, TimeProvider.System, observe, (_, _, _, _) => [], shared);
        using CancellationTokenRegistration cancel = cancellation.Register(() => dispatcher.Cancel("a cancelled build"));
        FinishMessage finish = dispatcher.Run();
        return new RunEnd(finish, dispatcher.Record);
    }
}
