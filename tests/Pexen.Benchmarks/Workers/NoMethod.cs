namespace Pexen.Benchmarks.Workers;

/// <summary>What is called to measure the call.</summary>
public static class NoMethod
{
    public static void Nothing()
    {
    }
}
