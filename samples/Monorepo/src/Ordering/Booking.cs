using Harbor.Contracts;
using Harbor.Pricing;
using Harbor.Storage;

namespace Harbor.Ordering;

public static class Booking
{
    public static string BuiltBy => Stamp.Project;

    public static string Offer(int metres, int nights)
    {
        Berth? berth = Berths.All.Where(berth => berth.Metres >= metres).MinBy(berth => berth.Metres);
        return berth is null ? "no berth is long enough" : $"berth {berth.Name}, {nights * Fees.PerNight(berth)} euros";
    }
}
