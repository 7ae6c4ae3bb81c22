namespace Pexen.Sdk.Tests.Matrix;

/// <summary>The values as people say them.</summary>
internal static class Words
{
    public static string Of(Way way) => way switch
    {
        Way.AddedSdk => "added SDK",
        Way.SdkList => "SDK list",
        Way.Package => "PackageReference",
        _ => "stand-alone",
    };

    public static string Of(Frameworks frameworks) => frameworks == Frameworks.One ? "one" : "several";

    public static string Of(Reach reach) => reach == Reach.Reference ? "ProjectReference" : reach.ToString().ToLowerInvariant();

    public static string Of(Verb verb) => verb switch
    {
        Verb.TestByVSTest => "test (VSTest)",
        Verb.TestByPlatform => "test (Testing.Platform)",
        Verb.DesignTime => "design-time",
        _ => verb.ToString().ToLowerInvariant(),
    };

    public static string Of(Switch option) => option switch
    {
        Switch.Nodes => "-m",
        Switch.Graph => "-graph",
        Switch.Multithreaded => "-mt",
        Switch.TerminalLogger => "-tl:on",
        _ => "-bl",
    };
}
