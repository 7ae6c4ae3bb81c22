using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Pexen.Execution.Local;

/// <summary>Processor time of processes, where <see cref="Process"/> may be used.</summary>
internal static class UsedTime
{
    /// <summary>Null when it has ended or may not be looked at.</summary>
    public static TimeSpan? Of(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.TotalProcessorTime;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception or NotSupportedException)
        {
            return null;
        }
    }

    public static string Text(TimeSpan? time) => time is TimeSpan used ? string.Create(CultureInfo.InvariantCulture, $"{used.TotalSeconds:0.0}s") : "?";
}
