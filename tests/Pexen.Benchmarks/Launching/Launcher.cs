namespace Pexen.Benchmarks.Launching;

/// <summary>Somebody who launches <c>true</c> many times, a fixed number at a time.</summary>
internal abstract class Launcher
{
    public const int Width = 2;

    private readonly List<LaunchSample> _samples = [];

    public abstract string Name { get; }

    public double[] Processor => [.. _samples.Select(sample => sample.ProcessorMilliseconds)];

    public double[] PerSecond => [.. _samples.Select(sample => sample.PerSecond)];

    public void Round(int count) => _samples.Add(Launch(count));

    protected abstract LaunchSample Launch(int count);
}
