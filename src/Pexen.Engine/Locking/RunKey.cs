using System.Globalization;
using System.Text;

namespace Pexen.Locking;

/// <summary>What only one run at a time may do: a phase of a project, for one target framework or for all (rule 14).</summary>
/// <param name="ProjectFile">Absolute.</param>
/// <param name="Phase">Its name.</param>
/// <param name="TargetFramework">Or null.</param>
internal sealed record RunKey(string ProjectFile, string Phase, string? TargetFramework)
{
    private const int LongestReadable = 40;

    public static RunKey Of(Execution.RunRequest request) => new(request.ProjectFile, request.Phase, request.TargetFramework);

    /// <summary>A file name: readable at its beginning, unique by its end.</summary>
    public string FileName => FileNameFor(ProjectFile, $"{ProjectFile}\n{Phase}\n{TargetFramework}");

    /// <summary>Names a file after <paramref name="path"/>, unique for <paramref name="identity"/>.</summary>
    public static string FileNameFor(string path, string identity)
    {
        ReadOnlySpan<char> name = Path.GetFileNameWithoutExtension(path.AsSpan());
        var readable = new StringBuilder(LongestReadable + 17);
        foreach (char letter in name[..Math.Min(name.Length, LongestReadable)])
        {
            readable.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
        }

        return readable.Append('-').Append(Digest(identity).ToString("x16", CultureInfo.InvariantCulture)).ToString();
    }

    /// <summary>
    /// FNV-1a. Two names that fell together would only wait for each other, so nothing cryptographic is needed, and the library for that
    /// takes 10 ms to load, in the build and in the supervisor.
    /// </summary>
    private static ulong Digest(string text)
    {
        const ulong basis = 14695981039346656037;
        const ulong prime = 1099511628211;
        ulong digest = basis;
        foreach (char letter in text)
        {
            digest = unchecked((digest ^ letter) * prime);
        }

        return digest;
    }

    public override string ToString() =>
        TargetFramework is null ? $"phase {Phase} of {ProjectFile}" : $"phase {Phase} of {ProjectFile} for {TargetFramework}";
}
