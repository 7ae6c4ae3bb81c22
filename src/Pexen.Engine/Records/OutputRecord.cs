namespace Pexen.Records;

/// <summary>A file a unit declared and made.</summary>
/// <param name="Path">Relative to the project's folder, with slashes.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Digest">As <c>sha256:…</c>.</param>
public sealed record OutputRecord(string Path, long Size, string Digest);
