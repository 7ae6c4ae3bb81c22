using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Samples;

/// <summary>The samples as they are in the repository, put into a sandbox.</summary>
internal static class SampleFiles
{
    private static readonly string Folder = Path.Combine(Repository.Root, "samples");

    /// <summary>What makes a sample use the package under test.</summary>
    public static string UsePackedVersion => $"-p:PexenVersion={Feed.Version}";

    /// <summary>Copies a sample, and what lies beside all samples, with the run bits of its scripts.</summary>
    public static Sandbox WithSample(this Sandbox sandbox, string name)
    {
        foreach (string file in Directory.EnumerateFiles(Folder, "Directory.*").Concat(SourcesOf(Path.Combine(Folder, name))))
        {
            string copy = sandbox[Path.GetRelativePath(Folder, file)];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }

        return sandbox;
    }

    /// <summary>Changes one place of a file of the sample.</summary>
    public static Sandbox Change(this Sandbox sandbox, string path, string from, string to)
    {
        string text = File.ReadAllText(sandbox[path]);
        Assert.Contains(from, text);
        File.WriteAllText(sandbox[path], text.Replace(from, to, StringComparison.Ordinal));
        return sandbox;
    }

    private static IEnumerable<string> SourcesOf(string folder)
    {
        IEnumerable<string> below = Directory.EnumerateDirectories(folder).Where(child => Path.GetFileName(child) is not ("bin" or "obj")).SelectMany(SourcesOf);
        return Directory.EnumerateFiles(folder).Concat(below);
    }
}
