namespace Pexen.Execution.Local;

/// <summary>What the processes of an attempt have used, as the kernel tells it of each that is reaped, with those that it had reaped itself.</summary>
internal sealed class UsedResources
{
    private const int KilobytesPlace = 4;
    private const int BytesPerKilobyte = 1024;

    /// <summary>The size of the kernel's structure, in numbers of 64 bits.</summary>
    public const int Places = 18;

    public TimeSpan? Processor { get; private set; }

    /// <summary>
    /// The most that one of them had in memory at a time. A process begins as a part of us, so the kernel never names less of it than we had ourselves.
    /// </summary>
    public long? PeakMemory { get; private set; }

    /// <param name="usage">As <c>wait4</c> gives it: times in seconds and microseconds, of the program and of the kernel for it; then the peak.</param>
    public void Add(ReadOnlySpan<long> usage)
    {
        AddProcessor(TimeSpan.FromMicroseconds(((usage[0] + usage[2]) * 1_000_000) + usage[1] + usage[3]));
        PeakMemory = Math.Max(PeakMemory ?? 0, usage[KilobytesPlace] * BytesPerKilobyte);
    }

    /// <summary>With what was seen meanwhile, of all its processes together. That it was more between two looks is believed only where it cannot have been us.</summary>
    public long? PeakWith(long? seen) => seen is not long measured ? PeakMemory : PeakMemory > Math.Max(measured, OwnPeak()) ? PeakMemory : measured;

    /// <summary>What we had ourselves, at the most.</summary>
    private static long OwnPeak() => ProcessTable.PeakBytes(Environment.ProcessId);

    public void AddProcessor(TimeSpan time) => Processor = (Processor ?? TimeSpan.Zero) + time;
}
