namespace Pexen.Sdk.Tests.BadInput;

/// <summary>One mistake and what must be said of it.</summary>
/// <param name="Name">The circumstance, for the list of tests.</param>
/// <param name="Xml">The items with the mistake in them.</param>
/// <param name="Code">What it must get.</param>
/// <param name="Unit">The unit named: the diagnostic is on the line of the element that declares it. Empty for what is no unit.</param>
/// <param name="Says">What the message must hold: the value, what is allowed, the nearest name.</param>
public sealed record BadRow(string Name, string Xml, string Code, string Unit, params string[] Says)
{
    /// <summary>Text on the line of the item; empty where only the file can be known.</summary>
    public string At { get; init; } = Unit.Length > 0 ? $"Include=\"{Unit}\"" : "";

    public override string ToString() => Name;
}
