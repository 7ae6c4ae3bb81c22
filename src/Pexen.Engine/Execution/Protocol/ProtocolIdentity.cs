namespace Pexen.Execution.Protocol;

/// <summary>Who speaks: both sides must be of one build, because requests and messages carry no compatibility of their own.</summary>
internal static class ProtocolIdentity
{
    public const int Version = 1;

    /// <summary>The module version id of the engine: differs as soon as a line of it differs.</summary>
    public static string Build { get; } = typeof(ProtocolIdentity).Module.ModuleVersionId.ToString("N");
}
