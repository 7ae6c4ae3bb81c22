namespace Pexen.Planning;

/// <summary>Reads a value out of trimmed text.</summary>
/// <returns>Null on success, else a sentence that says what is allowed.</returns>
internal delegate string? Parser<T>(string text, out T value);
