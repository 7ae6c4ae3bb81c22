using System.Text;
using Pexen.Model;

namespace Pexen.Execution.Local;

/// <summary>Finds programs on the unit's PATH, not on ours, and says why something could not be started.</summary>
internal static class ProgramLookup
{
    private const string DefaultPath = "/usr/local/bin:/usr/bin:/bin";

    /// <summary>The file to start. Relative folders of PATH, and its empty entries, are meant from the unit's working directory.</summary>
    public static string Find(CommandLine command, Launch launch)
    {
        if (CommandLine.WithFolder(command.File))
        {
            return command.File;
        }

        string path = Value(launch, "PATH") ?? DefaultPath;
        string? withoutRunBit = null;
        foreach (Range part in path.AsSpan().Split(Path.PathSeparator))
        {
            foreach (string ending in Endings(launch))
            {
                string file = Path.Combine(launch.WorkingDirectory, path[part], command.File + ending);
                if (IsProgram(file))
                {
                    return file;
                }

                withoutRunBit ??= !OperatingSystem.IsWindows() && File.Exists(file) ? file : null;
            }
        }

        throw new StartException(withoutRunBit is not null
            ? $"'{command.File}' was found on PATH as '{withoutRunBit}', which is not executable (no run bit)"
            : $"'{command.File}' was not found on PATH");
    }

    /// <summary>Whether the system would hardly refuse to start a file: it is executable, and binary, or a script whose interpreter is.</summary>
    public static bool LooksLikeAProgram(string file)
    {
        if (!IsProgram(file))
        {
            return false;
        }

        try
        {
            Span<byte> begin = stackalloc byte[256];
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            begin = begin[..stream.Read(begin)];
            if (begin.StartsWith("#!"u8) && begin.IndexOf((byte)'\n') is > 2 and int end)
            {
                string[] words = Encoding.UTF8.GetString(begin[2..end]).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
                return words.Length > 0 && Libc.MayExecute(words[0]);
            }

            return begin.StartsWith("\u007fELF"u8);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The sentence for a start that the system refused; looks at the file system only now.</summary>
    public static StartException Explain(string file, Launch launch, int error, string systemMessage)
    {
        ExplainWorkingDirectory(launch);
        if (Directory.Exists(file))
        {
            return new($"'{file}' is a directory");
        }

        if (!File.Exists(file))
        {
            return new($"'{file}' does not exist");
        }

        return error switch
        {
            Libc.AccessDenied when !OperatingSystem.IsWindows() && !Libc.MayExecute(file) => new($"'{file}' is not executable (no run bit)"),
            Libc.NotFound => new($"'{file}' exists, but the interpreter that its first line or header names does not"),
            Libc.NotExecutableFormat => new($"'{file}' is not a program that this system can run (no #! line, or built for another one)"),
            Libc.TooLong => new($"'{file}' could not be started: its arguments and environment are too long for this system"),
            _ => new($"'{file}' could not be started: {systemMessage}"),
        };
    }

    public static void ExplainWorkingDirectory(Launch launch)
    {
        if (!Directory.Exists(launch.WorkingDirectory))
        {
            throw new StartException(File.Exists(launch.WorkingDirectory)
                ? $"the working directory '{launch.WorkingDirectory}' is a file"
                : $"the working directory '{launch.WorkingDirectory}' does not exist");
        }
    }

    public static string? Value(Launch launch, string name)
    {
        StringComparison comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        foreach (NamedValue variable in launch.Environment)
        {
            if (string.Equals(variable.Key, name, comparison))
            {
                return variable.Value;
            }
        }

        return null;
    }

    private static bool IsProgram(string file) =>
        OperatingSystem.IsWindows() ? File.Exists(file) : Libc.MayExecute(file) && File.Exists(file);

    private static string[] Endings(Launch launch) =>
        OperatingSystem.IsWindows() ? ["", .. (Value(launch, "PATHEXT") ?? ".EXE;.COM").Split(';')] : [""];
}
