namespace Pexen.RecordChecking.SchemaValidation;

/// <summary>Where a document does not fit its schema.</summary>
/// <param name="Path">The place in the document, as a JSON pointer.</param>
/// <param name="Text">What is wrong there.</param>
public sealed record SchemaProblem(string Path, string Text)
{
    public override string ToString() => $"{(Path.Length == 0 ? "/" : Path)}: {Text}";
}
