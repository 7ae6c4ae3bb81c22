using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Pexen.Execution;
using Pexen.Execution.Dispatching;
using Pexen.Execution.Exchange;
using Pexen.Execution.Local;
using Pexen.Execution.Protocol;
using Pexen.Execution.Supervision;
using Pexen.Execution.Workers;
using Pexen.Host.Tests;
using Pexen.Locking;
using Pexen.Model;

namespace Pexen.Host;

/// <summary>
/// One run, from the request to the record. The dispatcher has the main thread; signals and the end of standard input come from other threads and only
/// tell it to cancel. Nothing but messages is ever written to standard output, and nothing at all to standard error.
/// </summary>
internal static class Supervisor
{
    private const int Broken = 70;

    public static int Run()
    {
        LocalExecutor.PrepareProcess();
        Rehearsal.Begin();
        Terminal.Leave();
        using Stream input = DescriptorStream.Input();
        using var messages = new MessagePipe(DescriptorStream.Output());
        try
        {
            messages.Send(new HelloMessage(ProtocolIdentity.Version, ProtocolIdentity.Build));
            var lines = new LineReader(input);
            return lines.TryRead(out ReadOnlySpan<byte> request) ? Run(RunRequestReader.Read(request), lines, messages) : 0;
        }
        catch (ProtocolException exception)
        {
            messages.Send(new DiagnosticMessage(Diagnostics.SupervisorRefused(exception.Message)));
            return Broken;
        }
        catch (IOException exception)
        {
            messages.Send(new DiagnosticMessage(Diagnostics.SupervisorRefused(exception.Message)));
            return Broken;
        }
        catch (Exception exception)
        {
            messages.Send(new DiagnosticMessage(Diagnostics.SupervisorBroken(exception)));
            return Broken;
        }
    }

    private static int Run(RunRequest request, LineReader input, MessagePipe messages)
    {
        var user = UserFolder.Open();
        var key = RunKey.Of(request);
        using RunLock? runLock = RunLock.TryTakeAsSupervisor(user, key, request.BuildId);
        if (runLock is null)
        {
            messages.Send(new DiagnosticMessage(Diagnostics.SupervisorRefused($"another supervisor already runs {key}")));
            return Broken;
        }

        using IExecutor executor = LocalExecutor.Create(() => Workers(request));
        using ISharedHolds shared = new SharedHolds(user, request.ProjectFile, request.RunId, request.Plan.Resources);
        bool isLeft = false;
        Attendance? attendance = null;
        var dispatcher = new Dispatcher(request, executor, TimeProvider.System, Send, EnvironmentOf(request), shared);
        using PosixSignalRegistration interrupt = On(PosixSignal.SIGINT, dispatcher.CancelAgain);
        using PosixSignalRegistration terminate = On(PosixSignal.SIGTERM, dispatcher.Cancel);
        using PosixSignalRegistration hangUp = On(PosixSignal.SIGHUP, dispatcher.Cancel);
        using Attendance? attended = attendance = request.TestPrograms is { } programs ? new Attendance(programs, TestPrograms.PipeOf(user, key, programs.Starter), dispatcher) : null;
        messages.Lost = () => Lose();
        new Thread(() => WatchInput(input, dispatcher, Lose)) { IsBackground = true, Name = "input" }.Start();
        dispatcher.Run();
        return 0;

        // Tests that run after the build: from now on it is they whom the run goes on for, and the build may go.
        void Send(HostMessage message)
        {
            if (message is ReadyMessage ready && request.TestPrograms is not null)
            {
                Volatile.Write(ref isLeft, true);
                if (!ready.MoreFollows)
                {
                    attendance!.Begin();
                }
            }

            messages.Send(message);
        }

        void Lose()
        {
            if (!Volatile.Read(ref isLeft))
            {
                dispatcher.Cancel("the loss of the build that started it");
            }
        }
    }

    /// <summary>The end of the input is the end of whoever started us, however it came about.</summary>
    private static void WatchInput(LineReader input, Dispatcher dispatcher, Action lost)
    {
        try
        {
            while (input.TryRead(out ReadOnlySpan<byte> line))
            {
                if (line.SequenceEqual("cancel"u8))
                {
                    dispatcher.CancelAgain("a cancelled build");
                }
                else if (line.SequenceEqual("letGo"u8))
                {
                    dispatcher.LetGo();
                }
            }
        }
        catch (IOException)
        {
            // As good as the end.
        }

        lost();
    }

    /// <summary>A second Ctrl-C ends the finalizers too. SIGTERM does not: whoever ends a service or a container sends it to all processes at once, and the build tells us of its own.</summary>
    private static PosixSignalRegistration On(PosixSignal signal, Action<string> cancel) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        cancel($"signal {context.Signal}");
    });

    private static WorkerStart Workers(RunRequest request) => new()
    {
        File = Environment.ProcessPath ?? "dotnet",
        HostAssembly = Path.Combine(AppContext.BaseDirectory, "Pexen.Host.dll"),
        Environment = ChildEnvironment.OfThisProcess().ForWorker(request.RunId),
    };

    private static LaunchEnvironment EnvironmentOf(RunRequest request)
    {
        var environment = ChildEnvironment.OfThisProcess();
        var key = RunKey.Of(request);
        string? above = Environment.GetEnvironmentVariable(Nesting.Variable);
        return Make;

        ImmutableArray<NamedValue> Make(PlannedUnit unit, int attempt, int slot, InheritedVariables inherited) => environment.For(
            new AttemptIdentity(
                unit.Name,
                request.RunId,
                attempt,
                request.ProjectDirectory,
                slot,
                unit.Definition.Slots,
                Nesting.Append(above, key, request.RunId, unit.Name)),
            unit.Definition.Environment,
            inherited);
    }
}
