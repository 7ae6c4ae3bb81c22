using System.Diagnostics;

namespace Pexen.Sdk.Tests.Infrastructure;

/// <summary>Waits for what other processes do. The limit says when to give up; being right never depends on it.</summary>
internal static class Until
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Looks again and again until <paramref name="condition"/> holds.</summary>
    public static void True(Func<bool> condition, Func<string> otherwise) => True(condition, Limit, otherwise);

    public static void True(Func<bool> condition, TimeSpan limit, Func<string> otherwise)
    {
        using var pause = new ManualResetEventSlim();
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > limit)
            {
                Assert.Fail($"Not in {limit}: {otherwise()}");
            }

            pause.Wait(TimeSpan.FromMilliseconds(10));
        }
    }
}
