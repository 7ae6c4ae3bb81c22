namespace Pexen.Values;

/// <summary>Reads the lines of <c>PEXEN_PATH</c>, one folder each.</summary>
internal static class FolderLines
{
    /// <param name="bytes">The file.</param>
    /// <param name="separator">What separates folders in a PATH here, so cannot be in one.</param>
    /// <param name="workingDirectory">What relative folders are relative to.</param>
    /// <param name="problems">What could not be used.</param>
    public static List<string> Read(ReadOnlySpan<byte> bytes, char separator, string workingDirectory, out IReadOnlyList<LineProblem> problems)
    {
        List<string> folders = [];
        List<LineProblem> found = [];
        var text = new SideText(bytes);
        while (text.TryRead(out ReadOnlySpan<char> line))
        {
            line = line.Trim();
            if (line.IsEmpty)
            {
                continue;
            }

            string? fault = text.Fault(line) ?? (line.Contains(separator) ? $"a folder in a PATH cannot have a {separator} in its name; give each a line of its own" : null);
            if (fault is not null)
            {
                found.Add(LineProblem.Of(text.Line, line, fault));
                continue;
            }

            string folder = Path.GetFullPath(line.ToString(), workingDirectory);
            if (!folders.Contains(folder))
            {
                folders.Add(folder);
            }
        }

        problems = found;
        return folders;
    }
}
