using System.Globalization;
using Microsoft.Build.Framework;

namespace Pexen.Benchmarks.Start;

/// <summary>A logger for a measured build: notes when the task that runs units was started, in nanoseconds since 1970, in the file that it is given.</summary>
public sealed class TaskStartLogger : ILogger
{
    public LoggerVerbosity Verbosity { get; set; }

    public string? Parameters { get; set; }

    public void Initialize(IEventSource eventSource) => eventSource.TaskStarted += (_, task) =>
    {
        if (task.TaskName.EndsWith("RunUnits", StringComparison.Ordinal))
        {
            long nanoseconds = (task.Timestamp.ToUniversalTime() - DateTime.UnixEpoch).Ticks * 100;
            File.WriteAllText(Parameters!, nanoseconds.ToString(CultureInfo.InvariantCulture));
        }
    };

    public void Shutdown()
    {
    }
}
