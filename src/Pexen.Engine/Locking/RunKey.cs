using System.Security.Cryptography;
using System.Text;

namespace Pexen.Locking;

/// <summary>What only one run at a time may do: a phase of a project, for one target framework or for all (rule 14).</summary>
/// <param name="ProjectFile">Absolute.</param>
/// <param name="Phase">Its name.</param>
/// <param name="TargetFramework">Or null.</param>
internal sealed record RunKey(string ProjectFile, string Phase, string? TargetFramework)
{
    public static RunKey Of(Execution.RunRequest request) => new(request.ProjectFile, request.Phase, request.TargetFramework);

    /// <summary>A file name: readable at its beginning, unique by its end.</summary>
    public string FileName => FileNameFor(ProjectFile, $"{ProjectFile}\n{Phase}\n{TargetFramework}");

    /// <summary>Names a file after <paramref name="path"/>, unique for <paramref name="identity"/>.</summary>
    public static string FileNameFor(string path, string identity)
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)).AsSpan(0, 12));
        string readable = new([.. Path.GetFileNameWithoutExtension(path).Take(40).Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_')]);
        return $"{readable}-{digest}";
    }

    public override string ToString() =>
        TargetFramework is null ? $"phase {Phase} of {ProjectFile}" : $"phase {Phase} of {ProjectFile} for {TargetFramework}";
}
