using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Pexen.Execution.Local;
using Pexen.Execution.Workers;

namespace Pexen.Host.Worker;

/// <summary>Carries out calls: place, arguments, the method itself, and what it gives back.</summary>
internal sealed class MethodRunner : IDisposable
{
    private readonly CallConsole _console;
    private readonly CallPlace _place = new();
    private readonly Dictionary<string, UnitAssembly> _assemblies = [];
    private readonly PosixSignalRegistration[] _signals;
    private volatile CancellationTokenSource? _cancellation;

    public MethodRunner(CallConsole console)
    {
        _console = console;
        PosixSignal[] polite = OperatingSystem.IsWindows() ? [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT] : [PosixSignal.SIGTERM];
        _signals = [.. polite.Select(signal => PosixSignalRegistration.Create(signal, OnStop))];
    }

    public WorkerReply Run(WorkerCall call)
    {
        WorkerReply reply = Call(call);
        if (call.EndMark is string mark)
        {
            _console.Say(mark);
        }

        return OperatingSystem.IsWindows() || !Libc.HasChildren() ? reply : reply with { Children = true };
    }

    /// <summary>After the answer, so that nobody waits for it.</summary>
    public void PutBack() => _place.Leave();

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }
    }

    private WorkerReply Call(WorkerCall call)
    {
        CallConsole.CallSpan span = _console.Begin();
        try
        {
            _place.Enter(call);
            BoundMethod method = Find(call);
            SharedValues? shared = method.Shared == SharedKind.None
                ? null
                : SharedValues.Read(method.Shared, Environment.GetEnvironmentVariable("PEXEN_SHARED"));
            using CancellationTokenSource? cancellation = method.TakesToken ? new CancellationTokenSource() : null;
            object?[] arguments = method.Arguments(call.Arguments, shared, cancellation?.Token ?? CancellationToken.None);

            // The method may change the variable, and its directory.
            string? output = Environment.GetEnvironmentVariable("PEXEN_OUTPUT") is { Length: > 0 } file ? Path.GetFullPath(file) : null;
            _cancellation = cancellation;
            MethodFailure? failure = Call(method, arguments, out object? result);
            _cancellation = null;
            failure ??= GiveBack(shared, result, output);
            return failure is null ? WorkerReply.Success : new WorkerReply { Failure = failure };
        }
        catch (CallRefusedException refused)
        {
            return new WorkerReply { NotStarted = refused.Message };
        }
        finally
        {
            _console.End(span);
        }
    }

    private MethodFailure? Call(BoundMethod method, object?[] arguments, out object? result)
    {
        result = null;
        try
        {
            result = method.Call(arguments);
            return null;
        }
        catch (NotCarriedException notCarried)
        {
            return new MethodFailure(MethodFailureKind.NotCarried, "", notCarried.Message);
        }
        catch (Exception exception)
        {
            Exception thrown = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            Console.Error.WriteLine(ExceptionText.Of(thrown));
            return ExceptionText.Describe(thrown);
        }
    }

    private static MethodFailure? GiveBack(SharedValues? shared, object? result, string? output)
    {
        try
        {
            var lines = new StringBuilder();
            shared?.AppendChanges(lines);
            if (ResultText.Of(result, "what it returned") is string text)
            {
                OutputLines.Append(lines, WorkerReply.ReturnKey, text);
            }

            if (lines.Length > 0 && output is not null)
            {
                File.AppendAllText(output, lines.ToString());
            }

            return null;
        }
        catch (NotCarriedException notCarried)
        {
            return new MethodFailure(MethodFailureKind.NotCarried, "", notCarried.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new MethodFailure(MethodFailureKind.NotCarried, "", $"what it gives back could not be written to '{output}': {exception.Message}");
        }
    }

    private BoundMethod Find(WorkerCall call)
    {
        if (!_assemblies.TryGetValue(call.Assembly, out UnitAssembly? assembly) || assembly.IsStale(call.Assembly))
        {
            _assemblies[call.Assembly] = assembly = UnitAssembly.Load(call.Assembly);
        }

        if (!assembly.Methods.TryGetValue(call.Method, out BoundMethod? method))
        {
            assembly.Methods[call.Method] = method = new BoundMethod(MethodLookup.Find(assembly.Assembly, call.Method));
        }

        return method;
    }

    /// <summary>A method that takes a token is told and may go on for its grace period; whoever does not listen need not be waited for.</summary>
    private void OnStop(PosixSignalContext context)
    {
        if (_cancellation is { } cancellation)
        {
            context.Cancel = true;
            try
            {
                cancellation.Cancel();
            }
            catch (Exception exception) when (exception is ObjectDisposedException or AggregateException)
            {
                // It came back this very moment, or what it had hung on its token fails; it is stopping either way.
            }
        }
    }
}
