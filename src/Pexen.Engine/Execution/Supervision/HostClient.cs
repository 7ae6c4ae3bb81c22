using System.Diagnostics;
using System.Text;
using Pexen.Execution.Protocol;

namespace Pexen.Execution.Supervision;

/// <summary>
/// Starts a supervisor, sends it one run, hands on what it says, and notices when it is lost.
/// The supervisor gets pipes for input, output and error of its own: with an inherited one, a CI system's pipe would stay open until the last unit is gone.
/// </summary>
internal sealed class HostClient : IDisposable
{
    private const int StderrKept = 8 * 1024;

    private readonly Lock _writing = new();
    private readonly Process _process = new();
    private readonly StringBuilder _stderr = new();
    private string? _startFailure;
    private bool _started;
    private bool _requested;
    private bool _cancelled;

    /// <param name="dotnet">The dotnet command, an absolute path where it is known.</param>
    /// <param name="hostAssembly">Path of Pexen.Host.dll.</param>
    /// <param name="environment">The whole environment of the host, or null for that of this process.</param>
    public HostClient(string dotnet, string hostAssembly, IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        ProcessStartInfo start = _process.StartInfo;
        start.FileName = dotnet;
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(hostAssembly);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        if (environment is null)
        {
            return;
        }

        start.Environment.Clear();
        foreach (KeyValuePair<string, string> variable in environment)
        {
            start.Environment[variable.Key] = variable.Value;
        }
    }

    /// <summary>The host's process id; 0 before it was started.</summary>
    public int ProcessId => _started ? _process.Id : 0;

    /// <summary>
    /// Starts the host, so that it gets ready while the caller still plans. Should there be nothing to run after all, <see cref="Dispose"/> lets it go
    /// without a word. That it could not be started is told by <see cref="Run"/>.
    /// </summary>
    public void Start()
    {
        try
        {
            _process.ErrorDataReceived += (_, line) => KeepStderr(line.Data);
            _process.Start();
            _started = true;
            _process.BeginErrorReadLine();
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException)
        {
            _startFailure = exception.Message;
        }
    }

    /// <summary>
    /// Runs to the end and hands every message to <paramref name="observe"/>, on the calling thread. Null when the host could not be started or was lost:
    /// then the last message was PEX3012, and the caller should let <c>Recovery</c> write the record.
    /// </summary>
    public FinishMessage? Run(RunRequest request, Action<HostMessage> observe)
    {
        if (!_started && _startFailure is null)
        {
            Start();
        }

        if (_startFailure is not null)
        {
            observe(new DiagnosticMessage(Diagnostics.SupervisorNotStarted(_process.StartInfo.FileName, _startFailure)));
            return null;
        }

        Request(request);

        FinishMessage? finish = null;
        string? violation = null;
        try
        {
            finish = ReadMessages(observe);
        }
        catch (ProtocolException exception)
        {
            violation = exception.Message;
        }

        CloseInput();

        // Should it still be talking, it must not wait for a reader: a broken pipe ends its run.
        _process.StandardOutput.Close();
        _process.WaitForExit();
        if (finish is null)
        {
            observe(new DiagnosticMessage(Diagnostics.SupervisorLost(violation ?? DescribeExit(), StderrText())));
        }

        return finish;
    }

    /// <summary>Asks the host to end the run: polite stop, grace period, kill, record. From any thread; <see cref="Run"/> returns when that is done.</summary>
    public void Cancel()
    {
        lock (_writing)
        {
            _cancelled = true;
            if (_requested)
            {
                Send("cancel\n"u8);
            }
        }
    }

    /// <summary>The tests that the run is held for have ended. From any thread.</summary>
    public void LetGo() => Send("letGo\n"u8);

    /// <summary>Ends the run as the end of this process would: whoever wanted it is gone. From any thread; <see cref="Run"/> returns when that is done.</summary>
    public void Abandon()
    {
        if (_started)
        {
            CloseInput();
        }
    }

    public void Dispose()
    {
        // Should a run still be under way.
        Abandon();
        _process.Dispose();
    }

    private void Request(RunRequest request)
    {
        lock (_writing)
        {
            Send(RunRequestWriter.Write(request).Span);
            _requested = true;
            if (_cancelled)
            {
                Send("cancel\n"u8);
            }
        }
    }

    private void Send(ReadOnlySpan<byte> line)
    {
        lock (_writing)
        {
            try
            {
                if (_started)
                {
                    _process.StandardInput.BaseStream.Write(line);
                    _process.StandardInput.BaseStream.Flush();
                }
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
            {
                // The host is gone; its exit says why.
            }
        }
    }

    private void CloseInput()
    {
        lock (_writing)
        {
            try
            {
                _process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It was not reading any more.
            }
        }
    }

    private FinishMessage? ReadMessages(Action<HostMessage> observe)
    {
        FinishMessage? finish = null;
        bool greeted = false;
        var lines = new LineReader(_process.StandardOutput.BaseStream);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            HostMessage message = HostMessageReader.Read(line);
            if (message is HelloMessage hello)
            {
                greeted = hello.Protocol == ProtocolIdentity.Version && hello.Build == ProtocolIdentity.Build
                    ? true
                    : throw new ProtocolException($"it is of another build of Pexen ({hello.Build}) than the task ({ProtocolIdentity.Build})");
                continue;
            }

            if (!greeted)
            {
                throw new ProtocolException("it did not say who it is");
            }

            finish = message as FinishMessage ?? finish;
            observe(message);
        }

        return finish;
    }

    /// <summary>The code says not whether a signal came or the runtime did not get as far as our program (129 and more): the usual signals are mentioned.</summary>
    private string DescribeExit()
    {
        int code = _process.ExitCode;
        string signal = !OperatingSystem.IsWindows() && code is 134 or 137 or 139 or 143 ? $", as after signal {code - 128}," : "";
        return $"it ended with exit code {code}{signal} before the run was over";
    }

    private void KeepStderr(string? line)
    {
        lock (_stderr)
        {
            if (line is not null && _stderr.Length < StderrKept)
            {
                _stderr.AppendLine(line);
            }
        }
    }

    private string StderrText()
    {
        lock (_stderr)
        {
            return _stderr.ToString().Trim();
        }
    }
}
