using System.ComponentModel;
using System.Diagnostics;
using Pexen.Execution.Protocol;
using Pexen.Execution.Workers;

namespace Pexen.Execution.Local;

/// <summary>A worker process started by <see cref="Process"/>: calls by its standard input, answers by its standard output, the output of methods by its error stream.</summary>
internal sealed class PortableWorker : IDisposable
{
    private readonly Process _process = new();
    private PortableMethod? _current;

    public PortableWorker(WorkerStart start, Launch launch)
    {
        ProcessStartInfo info = _process.StartInfo;
        info.FileName = start.File;
        foreach (string argument in start.Arguments(Environment.ProcessId, 0))
        {
            info.ArgumentList.Add(argument);
        }

        info.RedirectStandardInput = info.RedirectStandardOutput = info.RedirectStandardError = true;
        info.CreateNoWindow = true;
        info.WorkingDirectory = launch.WorkingDirectory;
        if (OperatingSystem.IsWindows())
        {
            info.CreateNewProcessGroup = true;
        }

        info.Environment.Clear();
        foreach ((string name, string value) in start.WholeEnvironment)
        {
            info.Environment[name] = value;
        }

        try
        {
            _process.Start();
        }
        catch (Win32Exception problem)
        {
            throw new StartException($"a worker process could not be started by '{start.File}': {problem.Message}");
        }

        if (OperatingSystem.IsWindows())
        {
            Tree = new WindowsProcessTree();
            Tree.Adopt(_process);
        }

        Exit = _process.WaitForExitAsync();
        _ = Task.Run(Answers);
        OutputEnd = Task.Run(Output);
    }

    public Process Process => _process;

    /// <summary>On Windows, where the tree is a job that the worker stays in; elsewhere each call looks for its own.</summary>
    public IProcessTree? Tree { get; }

    public Task Exit { get; }

    /// <summary>Done when nothing more can come.</summary>
    public Task OutputEnd { get; }

    public bool Ready { get; private set; }

    /// <summary>False when it does not listen any more.</summary>
    public bool Call(PortableMethod method, ReadOnlySpan<byte> line)
    {
        Volatile.Write(ref _current, method);
        try
        {
            _process.StandardInput.BaseStream.Write(line);
            _process.StandardInput.BaseStream.Flush();
            return !_process.HasExited;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public void Rest() => Volatile.Write(ref _current, null);

    /// <summary>Lets it go; at once where it does not listen.</summary>
    public void End(TimeSpan patience)
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has gone already.
        }

        if (!_process.WaitForExit(patience))
        {
            _process.Kill();
        }
    }

    public void Dispose()
    {
        Tree?.Dispose();
        _process.Dispose();
    }

    private void Answers()
    {
        try
        {
            var lines = new LineReader(_process.StandardOutput.BaseStream);
            while (lines.TryRead(out ReadOnlySpan<byte> line))
            {
                WorkerReply reply = WorkerReply.Read(line);
                Ready |= reply.Ready;
                if (!reply.Ready)
                {
                    Volatile.Read(ref _current)?.Answered(reply);
                }
            }
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException or ProtocolException)
        {
            // Its end tells the rest.
        }
    }

    private async Task Output()
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = await _process.StandardError.BaseStream.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            {
                Volatile.Read(ref _current)?.Take(buffer.AsSpan(0, count));
            }
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException)
        {
            // The pipe was closed behind a stranger that holds it.
        }
    }
}
