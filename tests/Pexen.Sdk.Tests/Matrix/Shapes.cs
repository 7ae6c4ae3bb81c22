using System.Collections.Concurrent;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Matrix;

/// <summary>Shapes that are restored, each once for all tests.</summary>
internal static class Shapes
{
    private static readonly ConcurrentDictionary<Shape, Lazy<string>> Restored = new();

    public static void CopyTo(Sandbox sandbox, Shape shape, TestContext context) =>
        CopyFolder(Restored.GetOrAdd(shape, one => new Lazy<string>(() => Restore(one, context))).Value, sandbox.Folder);

    private static string Restore(Shape shape, TestContext context)
    {
        var sandbox = new Sandbox(context);
        shape.WriteTo(sandbox);
        sandbox.RunAsIs("restore", "all.slnx").Succeeded();
        return sandbox.Folder;
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }
}
