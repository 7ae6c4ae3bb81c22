namespace Pexen.Planning;

/// <summary>What the text of a metadata is made of.</summary>
internal enum MetadataShape
{
    /// <summary>One value.</summary>
    Scalar,

    /// <summary>Entries between semicolons.</summary>
    List,

    /// <summary>Entries of the form <c>name=value</c>.</summary>
    Map,
}

/// <summary>The shape of every metadata of <c>PexenUnit</c>: where units do not come from items, MSBuild's text for a list is not the only one.</summary>
internal static class MetadataShapes
{
    private static readonly HashSet<string> Lists = new(StringComparer.OrdinalIgnoreCase)
    {
        "Arguments", "Provides", "Requires", "RequiresAny", "After", "Finalizes", "Claims", "Uses", "SuccessExitCodes", "SkipExitCodes",
        "ControlledExitCodes", "OnFailure", "OnCrash", "OnControlledFailure", "Phase", "Inputs", "Outputs", "RetryOn", "Targets", "AllowSurvivors",
    };

    private static readonly HashSet<string> Maps = new(StringComparer.OrdinalIgnoreCase)
    {
        "EnvironmentVariables", "Properties", "AddToMetadata", "ExportProperties",
    };

    public static MetadataShape Of(string name) =>
        Lists.Contains(name) ? MetadataShape.List : Maps.Contains(name) ? MetadataShape.Map : MetadataShape.Scalar;
}
