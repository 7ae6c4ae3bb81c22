using System.Collections.Immutable;
using System.Text;

namespace Pexen.Execution.Local;

/// <summary>Runs the text of a <c>Command</c> by the shell of the system.</summary>
internal static class Shell
{
    private static readonly UTF8Encoding PlainUtf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static CommandLine Run(string text) => OperatingSystem.IsWindows() ? RunByCmd(text) : new("/bin/sh", ["-e", "-c", .. EndOfOptions(text), text]);

    /// <summary>The shell reads its options to the first word that does not look like one, and a command may: <c>-x</c> in front of a program's name.</summary>
    private static ImmutableArray<string> EndOfOptions(string text) => text is ['-' or '+', ..] ? ["--"] : [];

    /// <summary>
    /// One line goes to cmd.exe as it is. Several lines become a temporary script that stops at the first line that fails, as <c>-e</c> does elsewhere;
    /// in it the rules of batch files hold (<c>%%</c> for a percent sign, <c>call</c> before another batch file).
    /// </summary>
    private static CommandLine RunByCmd(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length <= 1)
        {
            return new("cmd.exe", []) { Verbatim = $"/d /s /c \"{text.Trim()}\"" };
        }

        var script = new StringBuilder("@echo off\r\nsetlocal\r\nchcp 65001 >nul\r\n");
        foreach (string line in lines)
        {
            script.Append(line).Append("\r\nif %errorlevel% neq 0 exit /b %errorlevel%\r\n");
        }

        string file = Path.Combine(Path.GetTempPath(), $"pexen-{Guid.NewGuid():N}.cmd");
        File.WriteAllText(file, script.ToString(), PlainUtf8);
        return new("cmd.exe", []) { Verbatim = $"/d /s /c \"\"{file}\"\"", Temporary = file };
    }
}
