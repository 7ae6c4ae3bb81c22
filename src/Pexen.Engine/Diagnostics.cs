using Pexen.Model;

namespace Pexen;

/// <summary>
/// Every diagnostic there is: one method each, named for the situation. The other parts of this class hold the texts;
/// a page in <c>docs/diagnostics</c> explains each code.
/// </summary>
internal static partial class Diagnostics
{
    private static Diagnostic Error(string code, string message, string? unit = null, SourceLocation? location = null) =>
        new(code, Severity.Error, message, unit, location);

    private static Diagnostic Warning(string code, string message, string? unit = null, SourceLocation? location = null) =>
        new(code, Severity.Warning, message, unit, location);

    private static Diagnostic Message(string code, string message, string? unit = null, SourceLocation? location = null) =>
        new(code, Severity.Message, message, unit, location);
}
