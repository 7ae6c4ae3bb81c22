namespace Pexen.Benchmarks.Launching;

/// <summary>What one round of launches cost.</summary>
/// <param name="ProcessorMilliseconds">Per launch, of launcher and launched.</param>
/// <param name="PerSecond">Launches per second.</param>
internal readonly record struct LaunchSample(double ProcessorMilliseconds, double PerSecond);
