using System.Collections.Immutable;
using System.IO.Enumeration;
using System.Security.Cryptography;
using Pexen.Execution.Local;
using Pexen.Records;

namespace Pexen.Execution.Dispatching;

/// <summary>Looks for what a unit declares to make: files, globs (<c>*</c>, <c>?</c>, <c>**</c>), and folders (with a slash at the end).</summary>
internal static class DeclaredOutputs
{
    /// <summary>The declarations that nothing on the disk answers to.</summary>
    /// <param name="projectDirectory">Declarations are relative to it.</param>
    /// <param name="declared">As declared.</param>
    /// <param name="files">Absolute paths of the files found, distinct, in ordinal order.</param>
    public static IReadOnlyList<string> Find(string projectDirectory, ImmutableArray<string> declared, out IReadOnlyCollection<string> files)
    {
        var missing = new List<string>();
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string declaration in declared)
        {
            if (!Find(projectDirectory, declaration, found))
            {
                missing.Add(declaration);
            }
        }

        files = found;
        return missing;
    }

    /// <summary>Size and digest of each.</summary>
    public static ImmutableArray<OutputRecord> Record(string projectDirectory, IReadOnlyCollection<string> files)
    {
        ImmutableArray<OutputRecord>.Builder records = ImmutableArray.CreateBuilder<OutputRecord>(files.Count);
        foreach (string file in files)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            string digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(stream));
            records.Add(new OutputRecord(Path.GetRelativePath(projectDirectory, file).Replace('\\', '/'), stream.Length, digest));
        }

        return records.MoveToImmutable();
    }

    private static bool Find(string projectDirectory, string declaration, SortedSet<string> found)
    {
        string path = OperatingSystem.IsWindows() ? declaration : declaration.Replace('\\', '/');
        if (path.AsSpan().IndexOfAny('*', '?') >= 0)
        {
            return FindPattern(projectDirectory, path, found);
        }

        string absolute = Path.GetFullPath(path, projectDirectory);
        if (path.EndsWith('/') || path.EndsWith('\\'))
        {
            return FindFolder(absolute, found);
        }

        if (IsFile(absolute))
        {
            found.Add(absolute);
            return true;
        }

        // A folder declared without its slash is still there.
        return FindFolder(absolute, found);
    }

    private static bool FindFolder(string folder, SortedSet<string> found)
    {
        if (!Directory.Exists(folder))
        {
            return false;
        }

        found.UnionWith(FilesBelow(folder, recursive: true));
        return true;
    }

    private static bool FindPattern(string projectDirectory, string pattern, SortedSet<string> found)
    {
        string[] segments = pattern.Replace('\\', '/').Split('/');
        int fixedCount = Array.FindIndex(segments, segment => segment.AsSpan().IndexOfAny('*', '?') >= 0);
        string start = Path.GetFullPath(fixedCount == 0 ? "." : string.Join('/', segments[..fixedCount]) + "/", projectDirectory);
        string[] rest = segments[fixedCount..];
        if (!Directory.Exists(start))
        {
            return false;
        }

        int before = found.Count;
        bool any = false;
        bool recursive = rest.Length > 1;
        foreach (string file in FilesBelow(start, recursive))
        {
            string[] names = Path.GetRelativePath(start, file).Replace('\\', '/').Split('/');
            if (Matches(rest, names))
            {
                any = true;
                found.Add(file);
            }
        }

        return any || found.Count > before;
    }

    /// <summary>
    /// What a folder that was declared holds. A link to a folder in it leads to what somebody else made (rule 35), or back up, so it is not
    /// entered; a link to a file is an output like any other, one to nothing is none.
    /// </summary>
    private static FileSystemEnumerable<string> FilesBelow(string folder, bool recursive) =>
        new(folder, static (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(), new EnumerationOptions
        {
            AttributesToSkip = 0,
            IgnoreInaccessible = false,
            RecurseSubdirectories = recursive,
        })
        {
            ShouldIncludePredicate = static (ref FileSystemEntry entry) => !entry.IsDirectory
                && (!IsLink(ref entry) || LeadsToFile(entry.ToSpecifiedFullPath())) && IsFile(entry.ToSpecifiedFullPath()),
            ShouldRecursePredicate = static (ref FileSystemEntry entry) => !IsLink(ref entry),
        };

    /// <summary>Asked of the target, for a link to nothing exists as a file too.</summary>
    private static bool LeadsToFile(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: true) is { Exists: true };
        }
        catch (IOException)
        {
            // It leads round in a circle.
            return false;
        }
    }

    /// <summary>Not a pipe, a socket or a device: whoever opened such to read it would wait for ever, or read for ever.</summary>
    private static bool IsFile(string path) => File.Exists(path) && (!OperatingSystem.IsLinux() || Libc.IsRegularFile(path));

    private static bool IsLink(ref FileSystemEntry entry) =>
        entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && entry.ToFileSystemInfo().LinkTarget is not null;

    private static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> names)
    {
        if (pattern.IsEmpty)
        {
            return names.IsEmpty;
        }

        if (pattern[0] == "**")
        {
            // At the end it stands for all files below; elsewhere for any number of folders.
            return pattern.Length == 1 || Matches(pattern[1..], names) || (!names.IsEmpty && Matches(pattern, names[1..]));
        }

        return !names.IsEmpty
            && FileSystemName.MatchesSimpleExpression(pattern[0], names[0], OperatingSystem.IsWindows())
            && Matches(pattern[1..], names[1..]);
    }
}
