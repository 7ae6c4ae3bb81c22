namespace Pexen.Model;

/// <summary>Where something was written: a project file and, where it could be found, the line and column of the item.</summary>
internal sealed record SourceLocation(string File, int Line = 0, int Column = 0);
