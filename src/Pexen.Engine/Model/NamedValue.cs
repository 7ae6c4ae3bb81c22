namespace Pexen.Model;

/// <summary>A name and its value: an environment variable, a piece of metadata.</summary>
internal sealed record NamedValue(string Key, string Value);
