using Harbor.Contracts;

namespace Harbor.Pricing;

public static class Fees
{
    public static string BuiltBy => Stamp.Project;

    /// <summary>Euros for a night.</summary>
    public static int PerNight(Berth berth) => 10 + (berth.Metres * 3);
}
