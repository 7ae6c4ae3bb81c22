using Harbor.Contracts;
using Harbor.Pricing;
using Harbor.Storage;

namespace Harbor.Admin;

internal static class Program
{
    private static void Main()
    {
        foreach (Berth berth in Berths.All)
        {
            Console.WriteLine($"{berth.Name}: {berth.Metres} m, {Fees.PerNight(berth)} euros");
        }

        Console.WriteLine($"made of {Fees.BuiltBy}, {Berths.BuiltBy}, {Stamp.Project}");
    }
}
