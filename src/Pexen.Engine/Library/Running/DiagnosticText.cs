using Pexen.Records;

namespace Pexen.Library;

/// <summary>Diagnostics as strangers see them.</summary>
internal static class DiagnosticText
{
    public static DiagnosticRecord ToRecord(Diagnostic diagnostic) =>
        new(
            diagnostic.Code,
            diagnostic.Severity.ToString().ToLowerInvariant(),
            diagnostic.Unit,
            diagnostic.Message,
            diagnostic.Location?.File,
            diagnostic.Location is { Line: > 0 and var line } ? line : null);
}
