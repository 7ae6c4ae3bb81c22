using Harbor.Contracts;

namespace Harbor.Storage;

public static class Berths
{
    public static string BuiltBy => Stamp.Project;

    public static IReadOnlyList<Berth> All { get; } = [new("A1", 12), new("A2", 18), new("B1", 40)];
}
