namespace Pexen.Records;

/// <summary>A coded message of the run.</summary>
/// <param name="Code">Like <c>PEX3001</c>.</param>
/// <param name="Severity"><c>error</c>, <c>warning</c> or <c>message</c>.</param>
/// <param name="Unit">The unit it is about, or null.</param>
/// <param name="Message">The text.</param>
/// <param name="File">The file it points to, or null.</param>
/// <param name="Line">The line in it, or null.</param>
public sealed record DiagnosticRecord(string Code, string Severity, string? Unit, string Message, string? File, int? Line);
