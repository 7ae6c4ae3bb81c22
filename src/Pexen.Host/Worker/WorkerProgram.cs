using System.Globalization;
using Pexen.Execution.Workers;

namespace Pexen.Host.Worker;

/// <summary>
/// A process that is told methods, calls them one after the other on its main thread, and answers each. It ends with whoever started it, and whatever ends it
/// in the middle of a call (an exit, a crash, a signal) is that call's end and nobody else's.
/// </summary>
internal static class WorkerProgram
{
    /// <param name="arguments">The process that started it, the descriptor of the channel or 0, and variables that are for the runtime alone.</param>
    public static int Run(string[] arguments)
    {
        int parent = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        int descriptor = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        foreach (string name in arguments.AsSpan(2))
        {
            // They have done their work, and are not meant for what methods start.
            Environment.SetEnvironmentVariable(name, null);
        }

        using WorkerChannel channel = WorkerChannel.Open(parent, descriptor);
        var console = new CallConsole();
        using var runner = new MethodRunner(console);
        channel.Answer(new WorkerReply { Ready = true });
        while (channel.Next() is { } call)
        {
            WorkerReply reply = runner.Run(call);
            channel.Answer(reply);
            runner.PutBack();
        }

        // Threads that a method has left would keep the process.
        Environment.Exit(0);
        return 0;
    }
}
