namespace Pexen;

/// <summary>
/// Known by its full name, so a project may have its own copy with the properties that it uses, as here; the package Pexen.Engine has one with all of them.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class PexenUnitAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    public string? Arguments { get; set; }

    public string? Provides { get; set; }

    public string? Requires { get; set; }
}
