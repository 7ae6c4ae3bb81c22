namespace Orchard;

/// <summary>Taken by their names, without a mark.</summary>
public static class Checks
{
    public static void CheckLadders()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("our ladders stand on Linux only");
        }

        Console.WriteLine("all ladders stand");
    }

    public static Task CheckBaskets() => Console.Out.WriteLineAsync("all baskets are whole");
}
