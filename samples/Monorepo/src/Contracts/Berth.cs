namespace Harbor.Contracts;

/// <summary>A place where a ship of some length can lie.</summary>
public sealed record Berth(string Name, int Metres)
{
    /// <summary>Where the code runs; the front end in the browser has a build of its own.</summary>
    public static string BuiltFor => OperatingSystem.IsBrowser() ? "browser" : "server";

    public static string BuiltBy => Stamp.Project;
}
