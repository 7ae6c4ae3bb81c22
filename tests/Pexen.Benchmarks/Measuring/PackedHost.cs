using System.IO.Compression;

namespace Pexen.Benchmarks.Measuring;

/// <summary>The supervisor as it is in the package, compiled ahead of time for this platform where the package has that; or <c>--host</c>, for experiments.</summary>
internal static class PackedHost
{
    public static string Unpack(Options options)
    {
        if (options.Find("host") is string host)
        {
            return host;
        }

        string folder = Path.Combine(options.Text("scratch"), "package");
        if (!Directory.Exists(folder))
        {
            ZipFile.ExtractToDirectory(Path.Combine(options.Text("feed"), $"Pexen.Sdk.{options.Text("version")}.nupkg"), folder);
        }

        string tools = Path.Combine(folder, "tools");
        return Directory.EnumerateFiles(tools, "Pexen.Host.dll", SearchOption.AllDirectories).OrderByDescending(file => file.Length).First();
    }
}
