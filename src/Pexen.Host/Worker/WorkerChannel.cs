using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Pexen.Execution.Local;
using Pexen.Execution.Protocol;
using Pexen.Execution.Workers;

namespace Pexen.Host.Worker;

/// <summary>
/// Calls in, answers out. By a descriptor of its own (Linux); or by what standard input and output were when the process started: from then on
/// standard output is the error stream, and standard input is at its end, for the method and for all that it starts.
/// </summary>
internal sealed partial class WorkerChannel : IDisposable
{
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly LineReader _lines;
    private readonly BlockingCollection<WorkerCall>? _calls;

    private WorkerChannel(Stream input, Stream output, bool watch)
    {
        _input = input;
        _output = output;
        _lines = new LineReader(input);
        if (watch)
        {
            _calls = [];
            new Thread(Watch) { IsBackground = true, Name = "calls" }.Start();
        }
    }

    public static WorkerChannel Open(int parent, int descriptor)
    {
        if (descriptor > 0)
        {
            Libc.SetCloseOnExec(descriptor);
            Libc.DieWithParent();
            if (Libc.GetParent() != parent)
            {
                // It was gone before we could ask for that.
                Environment.Exit(0);
            }

            Stream both = DescriptorStream.Of(descriptor);
            return new WorkerChannel(both, both, watch: false);
        }

        return OperatingSystem.IsWindows() ? OpenOnWindows() : OpenStandard();
    }

    /// <summary>Waits for the next call; null when there is nobody left to call.</summary>
    public WorkerCall? Next()
    {
        if (_calls is not null)
        {
            return _calls.Take();
        }

        try
        {
            return _lines.TryRead(out ReadOnlySpan<byte> line) ? WorkerCall.Read(line) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Answer(WorkerReply reply)
    {
        try
        {
            _output.Write(reply.Write());
            _output.Flush();
        }
        catch (IOException)
        {
            // Nobody listens: the next read tells the same.
        }
    }

    public void Dispose()
    {
        _calls?.Dispose();
        _input.Dispose();
        _output.Dispose();
    }

    private static WorkerChannel OpenStandard()
    {
        int input = Libc.Duplicate(0);
        int output = Libc.Duplicate(1);
        Libc.SetCloseOnExec(input);
        Libc.SetCloseOnExec(output);
        _ = Libc.DuplicateTo(2, 1);
        _ = Libc.DuplicateTo(Libc.Open("/dev/null", Libc.ReadOnly), 0);
        return new WorkerChannel(DescriptorStream.Of(input), DescriptorStream.Of(output), watch: true);
    }

    private static WorkerChannel OpenOnWindows()
    {
        Stream input = Console.OpenStandardInput();
        Stream output = Console.OpenStandardOutput();
        _ = SetStandardHandle(-11, GetStandardHandle(-12));
        _ = SetStandardHandle(-10, File.OpenHandle("NUL").DangerousGetHandle());
        return new WorkerChannel(input, output, watch: true);
    }

    /// <summary>Reads ahead, so that the end of whoever started us is seen in the middle of a call too.</summary>
    private void Watch()
    {
        try
        {
            while (_lines.TryRead(out ReadOnlySpan<byte> line))
            {
                _calls!.Add(WorkerCall.Read(line));
            }
        }
        catch (IOException)
        {
            // As good as the end.
        }

        Environment.Exit(0);
    }

    [LibraryImport("kernel32.dll", EntryPoint = "GetStdHandle")]
    private static partial nint GetStandardHandle(int which);

    [LibraryImport("kernel32.dll", EntryPoint = "SetStdHandle")]
    private static partial int SetStandardHandle(int which, nint handle);
}
