using Pexen.Benchmarks.Measuring;
using Pexen.Execution.Protocol;
using Pexen.Model;

namespace Pexen.Benchmarks.Launching;

/// <summary>Prints what a task would send, to run a supervisor by hand: under a profiler, or strace.</summary>
internal static class RequestLine
{
    public static void Print(Options options)
    {
        Work work = options.Find("command") is string command ? new CommandWork(command) : new ExecutableWork("/bin/true", []);
        using Stream output = Console.OpenStandardOutput();
        output.Write(RunRequestWriter.Write(Requests.Many(options.Text("scratch"), work, options.Number("count", 2000), Launcher.Width)).Span);
    }
}
