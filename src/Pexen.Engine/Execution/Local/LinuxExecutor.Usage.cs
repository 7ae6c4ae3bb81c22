namespace Pexen.Execution.Local;

/// <summary>What attempts have used.</summary>
internal sealed unsafe partial class LinuxExecutor
{
    /// <summary>What the kernel tells of a worker is of all the methods that ran in it, so a method has the difference on the worker's clock, and no peak.</summary>
    private static void AddUsage(Attempt attempt, int pid, ReadOnlySpan<long> usage)
    {
        if (attempt.Worker is null || pid != attempt.Leader)
        {
            attempt.Used.Add(usage);
            return;
        }

        if (attempt.Reply is null)
        {
            var whole = new UsedResources();
            whole.Add(usage);
            attempt.Used.AddProcessor(whole.Processor!.Value - attempt.UsedBefore);
        }
    }

    /// <summary>The method came back: its worker lives on.</summary>
    private static void AddUsageOfCall(Attempt attempt)
    {
        if (Libc.ProcessorTime(attempt.Leader) is { } now)
        {
            attempt.Used.AddProcessor(now - attempt.UsedBefore);
        }
    }
}
