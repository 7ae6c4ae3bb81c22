using System.Globalization;

namespace Pexen.Execution.Local;

/// <summary>Attempts that have processors of their own.</summary>
internal sealed unsafe partial class LinuxExecutor
{
    private int[]? _ownProcessors;

    /// <summary>Starts a process that is bound before its first instruction: it inherits the processors of the thread that starts it, which is bound for that moment.</summary>
    private int Spawn(Launch launch, int output, int error, ulong mark, int channel = -1, string? group = null)
    {
        if (launch.Processors.Length == 0)
        {
            return _spawner.Start(launch, output, error, mark, channel, group);
        }

        _ownProcessors ??= Libc.ProcessorsOf(0);
        Bind(0, launch);
        try
        {
            return _spawner.Start(launch, output, error, mark, channel, group);
        }
        finally
        {
            _ = Libc.Bind(0, _ownProcessors);
        }
    }

    /// <summary>A worker is used for one slot after the other; its threads are bound one by one, and pass it on to those that they make.</summary>
    private static void BindWorker(LinuxWorker worker, Launch launch)
    {
        if (launch.Processors.Length == 0)
        {
            return;
        }

        foreach (string thread in Directory.GetDirectories($"/proc/{worker.Pid}/task"))
        {
            _ = Libc.Bind(int.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture), launch.Processors);
        }
    }

    private static void Bind(int thread, Launch launch)
    {
        if (!Libc.Bind(thread, launch.Processors))
        {
            throw new StartException($"it cannot be bound to processors {string.Join(", ", launch.Processors)}: {Libc.Message(Libc.LastError)}");
        }
    }
}
