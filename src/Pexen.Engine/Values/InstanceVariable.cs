namespace Pexen.Values;

/// <summary>The environment variable of a resource with instances.</summary>
internal static class InstanceVariable
{
    private const string Prefix = "PEXEN_RESOURCE_";

    public static string NameOf(string resource) => VariableName.Of(Prefix, resource);
}
