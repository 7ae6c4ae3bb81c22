using System.Collections.Immutable;
using System.Text;

namespace Pexen.Execution.Local;

/// <summary>Decides how a script is run: by its run bit and first line, else by its ending.</summary>
internal static class Interpreter
{
    /// <summary>What the kernel reads of a first line.</summary>
    private const int LongestFirstLine = 255;

    public static CommandLine Run(string file, ImmutableArray<string> arguments)
    {
        if (!File.Exists(file))
        {
            throw new StartException(Directory.Exists(file) ? $"the script '{file}' is a directory" : $"the script '{file}' does not exist");
        }

        if (OperatingSystem.IsWindows())
        {
            return RunOnWindows(file, arguments);
        }

        CommandLine? byEnding = ByEnding(file, arguments);
        if (Libc.MayExecute(file))
        {
            return new(file, arguments) { Otherwise = byEnding ?? new("/bin/sh", [file, .. arguments]) };
        }

        return byEnding ?? throw new StartException($"the script '{file}' has no run bit and no known ending (.sh, .py, .ps1, .cs)");
    }

    private static CommandLine? ByEnding(string file, ImmutableArray<string> arguments) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".sh" => ByFirstLine(file, arguments) ?? new("/bin/sh", [file, .. arguments]),
        ".ps1" => new("pwsh", ["-NoProfile", "-NonInteractive", "-File", file, .. arguments]),
        ".py" => new(OperatingSystem.IsWindows() ? "python" : "python3", [file, .. arguments]),
        ".cs" => new("dotnet", ["run", "--file", file, "--", .. arguments]),
        _ => null,
    };

    /// <summary>Reads <c>#!</c> as the kernel does: the interpreter, and at most one argument with everything that follows.</summary>
    private static CommandLine? ByFirstLine(string file, ImmutableArray<string> arguments)
    {
        Span<byte> start = stackalloc byte[LongestFirstLine];
        try
        {
            using FileStream stream = File.OpenRead(file);
            start = start[..stream.ReadAtLeast(start, LongestFirstLine, throwOnEndOfStream: false)];
        }
        catch (UnauthorizedAccessException)
        {
            throw new StartException($"the script '{file}' may not be read");
        }

        int end = start.IndexOf((byte)'\n');
        string line = Encoding.UTF8.GetString(end < 0 ? start : start[..end]).TrimEnd();
        if (!line.StartsWith("#!", StringComparison.Ordinal))
        {
            return null;
        }

        string[] parts = line[2..].Trim().Split([' ', '\t'], 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? null : new(parts[0], [.. parts[1..], file, .. arguments]);
    }

    private static CommandLine RunOnWindows(string file, ImmutableArray<string> arguments) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".cmd" or ".bat" => new("cmd.exe", []) { Verbatim = $"/d /s /c \"\"{file}\"{string.Concat(arguments.Select(Quoted))}\"" },
        ".exe" or ".com" => new(file, arguments),
        ".sh" => new("sh", [file, .. arguments]),
        _ => ByEnding(file, arguments) ?? throw new StartException($"the script '{file}' has no known ending (.cmd, .bat, .exe, .ps1, .sh, .py, .cs)"),
    };

    private static string Quoted(string argument) => $" \"{argument.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
