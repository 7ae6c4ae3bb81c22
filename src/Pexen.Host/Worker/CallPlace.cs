using System.Collections;
using Pexen.Execution.Local;
using Pexen.Execution.Workers;

namespace Pexen.Host.Worker;

/// <summary>Environment, directory and standard input of a call; afterwards the environment is the worker's own again, whatever the method did to it.</summary>
internal sealed class CallPlace
{
    private static readonly bool Windows = OperatingSystem.IsWindows();

    private readonly Dictionary<string, string> _own = [];
    private readonly int _nothing = Windows ? -1 : Libc.Open("/dev/null", Libc.ReadOnly);
    private StreamReader? _input;

    public CallPlace()
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            _own[(string)variable.Key] = (string?)variable.Value ?? "";
        }
    }

    /// <exception cref="CallRefusedException">The directory or the input is not there.</exception>
    public void Enter(WorkerCall call)
    {
        foreach ((string name, string value) in call.Set)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        foreach (string name in call.Unset)
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        try
        {
            Environment.CurrentDirectory = call.Directory;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CallRefusedException($"the working directory '{call.Directory}' cannot be used: {exception.Message}");
        }

        if (call.StandardInput is string file)
        {
            Open(file);
        }
    }

    public void Leave()
    {
        if (_input is not null)
        {
            _input.Dispose();
            _input = null;
            Console.SetIn(TextReader.Null);
            if (!Windows)
            {
                _ = Libc.DuplicateTo(_nothing, 0);
            }
        }

        int same = 0;
        List<string>? changed = null;
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (_own.TryGetValue((string)variable.Key, out string? value) && value == (string?)variable.Value)
            {
                same++;
            }
            else
            {
                (changed ??= []).Add((string)variable.Key);
            }
        }

        foreach (string name in changed ?? [])
        {
            Environment.SetEnvironmentVariable(name, _own.GetValueOrDefault(name));
        }

        if (same + (changed?.Count(_own.ContainsKey) ?? 0) < _own.Count)
        {
            foreach ((string name, string value) in _own)
            {
                Environment.SetEnvironmentVariable(name, value);
            }
        }
    }

    private void Open(string file)
    {
        try
        {
            FileStream stream = File.OpenRead(file);
            if (!Windows)
            {
                using FileStream ofChildren = File.OpenRead(file);
                _ = Libc.DuplicateTo((int)ofChildren.SafeFileHandle.DangerousGetHandle(), 0);
            }

            _input = new StreamReader(stream);
            Console.SetIn(_input);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CallRefusedException($"the file for its standard input, '{file}', does not exist");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CallRefusedException($"the file for its standard input, '{file}', could not be opened: {exception.Message}");
        }
    }
}
