using System.Diagnostics;

namespace Pexen.Sdk.Tests.Infrastructure;

/// <summary>Small programs of the system.</summary>
internal static class Tool
{
    /// <summary>The exit code; 127 where there is no such program.</summary>
    public static int Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true });
            process!.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return 127;
        }
    }
}
