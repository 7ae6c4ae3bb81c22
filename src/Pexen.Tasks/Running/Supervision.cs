using Pexen.Execution;
using Pexen.Execution.Dispatching;
using Pexen.Execution.Protocol;
using Pexen.Execution.Supervision;
using Pexen.Locking;
using Pexen.Model;
using Pexen.Records;

namespace Pexen.Tasks.Running;

/// <summary>Has a plan run: by a supervisor, or, where no process is to be started, here.</summary>
internal static class Supervision
{
    /// <summary>The last message, or null when the supervisor was lost; and the record where it need not be read back from its file.</summary>
    public static (FinishMessage? Finish, RunRecord? Record) Run(
        RunRequest request, string host, UserFolder folder, Action<HostMessage> observe, CancellationToken cancellation) =>
        request.Plan.Units.All(unit => unit.Definition.Work is MilestoneWork)
            ? RunHere(request, folder, observe, cancellation)
            : (RunByHost(request, host, observe, cancellation), null);

    private static (FinishMessage Finish, RunRecord? Record) RunHere(
        RunRequest request, UserFolder folder, Action<HostMessage> observe, CancellationToken cancellation)
    {
        using var executor = new NullExecutor();
        using ISharedHolds? shared = SharedHolds.For(folder, request);
        var dispatcher = new Dispatcher(request, executor, TimeProvider.System, observe, (_, _) => [], shared);
        using CancellationTokenRegistration cancel = cancellation.Register(() => dispatcher.Cancel("a cancelled build"));
        FinishMessage finish = dispatcher.Run();
        return (finish, dispatcher.Record);
    }

    private static FinishMessage? RunByHost(RunRequest request, string host, Action<HostMessage> observe, CancellationToken cancellation)
    {
        using var client = new HostClient(Dotnet.Path, host);
        using CancellationTokenRegistration cancel = cancellation.Register(client.Cancel);
        return client.Run(request, observe);
    }
}
