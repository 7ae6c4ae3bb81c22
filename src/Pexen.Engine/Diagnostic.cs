using Pexen.Model;

namespace Pexen;

/// <summary>Something a user must or may want to know, with its code. Made only by <c>Diagnostics</c>.</summary>
internal sealed record Diagnostic(string Code, Severity Severity, string Message, string? Unit = null, SourceLocation? Location = null);

/// <summary>How grave a diagnostic is, in MSBuild's terms.</summary>
internal enum Severity
{
    Message,
    Warning,
    Error,
}
