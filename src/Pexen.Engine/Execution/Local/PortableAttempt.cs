using System.ComponentModel;
using System.Diagnostics;

namespace Pexen.Execution.Local;

/// <summary>One attempt run by <see cref="Process"/>. Standard output and error are two pipes, so their parts reach the log in the order in which they are read.</summary>
internal sealed class PortableAttempt(Launch launch) : IPortableRun
{
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(10);

    private readonly Lock _writing = new();
    private readonly OutputLog _log = new(launch.Log, launch.LogLimit);
    private readonly StopRequest _stop = new();
    private readonly IProcessTree _tree = OperatingSystem.IsWindows() ? new WindowsProcessTree() : new UnixProcessTree(launch);
    private readonly Process _process = new();
    private CommandLine? _command;
    private OutputCopy? _output;
    private OutputCopy? _error;
    private FileStream? _input;
    private string? _outputFailure;
    private bool _closed;

    public Launch Launch => launch;

    /// <summary>Throws <see cref="StartException"/>.</summary>
    public void Start()
    {
        ProgramLookup.ExplainWorkingDirectory(launch);
        _command = CommandLine.For(launch);
        (_output, _error) = OutputCopy.Open(launch);
        _input = OpenInput();
        if ((_output?.Failure ?? _error?.Failure) is { } failure)
        {
            throw new StartException(failure);
        }

        string file = ProgramLookup.Find(_command, launch);
        try
        {
            Start(file, _command);
        }
        catch (Win32Exception problem) when (problem.NativeErrorCode == Libc.NotExecutableFormat && _command.Otherwise is not null)
        {
            _command = _command.Otherwise;
            Start(ProgramLookup.Find(_command, launch), _command);
        }
        catch (Win32Exception problem)
        {
            throw ProgramLookup.Explain(file, launch, problem.NativeErrorCode, problem.Message);
        }

        _tree.Adopt(_process);
        Leader = _process.Id;
    }

    public void Stop(TimeSpan grace) => _stop.Ask(grace);

    /// <summary>Runs to the end of the process, of its tree and of its output.</summary>
    public async Task<AttemptEnd> RunAsync()
    {
        Task output = Task.WhenAll(FeedAsync(), CopyAsync(_process.StandardOutput.BaseStream, _output), CopyAsync(_process.StandardError.BaseStream, _error));
        Task exit = _process.WaitForExitAsync();
        await Task.WhenAny(exit, _stop.Asked).ConfigureAwait(false);
        bool stopped = !exit.IsCompleted;
        List<string> survivors = [];
        if (stopped)
        {
            _tree.Ask();
            await EndAsync(exit).ConfigureAwait(false);
        }
        else
        {
            survivors = await EndSurvivorsAsync().ConfigureAwait(false);
        }

        await Task.WhenAny(output, Task.Delay(Drain)).ConfigureAwait(false);
        return Finish(stopped, survivors);
    }

    public IReadOnlyDictionary<int, string> Members() => _tree.Members();

    public void Kill() => _tree.Kill();

    public int? Leader { get; private set; }

    public TimeSpan Silent => _log.Silent;

    public long OutputBytes => _log.Bytes;

    public long? MeasuredMemory { get; set; }

    public void Dispose()
    {
        _input?.Dispose();
        _output?.Close();
        _error?.Close();
        _tree.Dispose();
        _process.Dispose();
        if (_command?.Temporary is { } temporary)
        {
            File.Delete(temporary);
        }
    }

    private void Start(string file, CommandLine command)
    {
        ProcessStartInfo start = _process.StartInfo;
        start.FileName = file;
        start.WorkingDirectory = launch.WorkingDirectory;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Arguments = command.Verbatim ?? "";
        start.ArgumentList.Clear();
        foreach (string argument in command.Arguments)
        {
            StartException.RefuseNul(argument);
            start.ArgumentList.Add(argument);
        }

        if (OperatingSystem.IsWindows())
        {
            start.CreateNewProcessGroup = true;
        }

        start.Environment.Clear();
        foreach ((string name, string value) in launch.Environment)
        {
            start.Environment[name] = value;
        }

        _process.Start();
    }

    private FileStream? OpenInput()
    {
        if (launch.StandardInput is null)
        {
            return null;
        }

        string file = Path.GetFullPath(launch.StandardInput, launch.ProjectDirectory);
        try
        {
            return File.OpenRead(file);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StartException($"the file for its standard input, '{file}', does not exist");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"the file for its standard input, '{file}', could not be opened: {problem.Message}");
        }
    }

    private async Task FeedAsync()
    {
        try
        {
            await using Stream target = _process.StandardInput.BaseStream;
            if (_input is not null)
            {
                await _input.CopyToAsync(target).ConfigureAwait(false);
            }
        }
        catch (IOException)
        {
            // It ended, or closed its input, before it had read everything: its own affair.
        }
    }

    private async Task CopyAsync(Stream source, OutputCopy? copy)
    {
        byte[] buffer = new byte[64 * 1024];
        var masked = MaskedOutput.For(launch);
        try
        {
            int count;
            while ((count = await source.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            {
                Take(masked is null ? buffer.AsSpan(0, count) : masked.Next(buffer.AsSpan(0, count)), copy);
            }

            if (masked is not null)
            {
                Take(masked.Rest(), copy);
            }
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException)
        {
            // The pipe was closed behind a stranger that holds it.
        }
    }

    private void Take(ReadOnlySpan<byte> bytes, OutputCopy? copy)
    {
        lock (_writing)
        {
            if (_closed)
            {
                return;
            }

            _log.Write(bytes);
            copy?.Write(bytes);
            if (_outputFailure is null && (_log.Failure ?? copy?.Failure) is { } failure)
            {
                _outputFailure = failure;
                _stop.Ask(launch.GracePeriod);
            }
        }
    }

    private async Task<List<string>> EndSurvivorsAsync()
    {
        IReadOnlyDictionary<int, string> members = _tree.Members();
        if (members.Count == 0)
        {
            return [];
        }

        await Task.Delay(Settle).ConfigureAwait(false);
        members = _tree.Members();
        List<string> survivors = [.. members.Where(member => !IsBuildServer(member)).Select(member => $"{member.Value} ({member.Key})")];
        _stop.Ask(launch.GracePeriod);
        _tree.Ask();
        await EndAsync(Task.CompletedTask).ConfigureAwait(false);
        return survivors;
    }

    private async Task EndAsync(Task exit)
    {
        while (!exit.IsCompleted || _tree.Members().Count > 0)
        {
            if (_stop.Overdue > TimeSpan.Zero)
            {
                _tree.Kill();
            }

            if (_stop.Overdue > GiveUp)
            {
                return;
            }

            await Task.WhenAny(Task.Delay(Pause), exit.IsCompleted ? Task.Delay(Pause) : exit).ConfigureAwait(false);
        }
    }

    private static bool IsBuildServer(KeyValuePair<int, string> member) =>
        !OperatingSystem.IsWindows() && BuildServers.Includes(new ProcessEntry(member.Key, member.Value, 'R', 0, 0, 0));

    private AttemptEnd Finish(bool stopped, List<string> survivors)
    {
        lock (_writing)
        {
            _closed = true;
            _log.Close();
        }

        return new AttemptEnd
        {
            Unit = launch.Unit,
            ExitCode = _process.HasExited ? _process.ExitCode : null,
            Stopped = stopped,
            OutputFailure = _outputFailure ?? _log.Failure,
            OutputBytes = _log.Bytes,
            OutputLeftOut = _log.LeftOut,
            Survivors = [.. survivors],
            PeakMemory = MeasuredMemory,
        };
    }
}
