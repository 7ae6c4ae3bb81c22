using Harbor.Contracts;
using Harbor.Ordering;

namespace Harbor.Shop;

internal static class Program
{
    private static void Main()
    {
        Console.WriteLine(Booking.Offer(metres: 15, nights: 3));
        Console.WriteLine(Booking.Offer(metres: 60, nights: 1));
        Console.WriteLine($"made of {Berth.BuiltBy}, {Booking.BuiltBy}, {Stamp.Project}");
    }
}
