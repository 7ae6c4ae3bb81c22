namespace Pexen.Benchmarks.Soak;

/// <summary>What this process has at the moment: what a run must give back.</summary>
/// <param name="Processes">Everything alive or unreaped below it.</param>
/// <param name="Descriptors">Open ones, without those of the assemblies that the runtime loads when it first needs them.</param>
/// <param name="Threads">Its own.</param>
/// <param name="Files">Files and folders in its temporary folder.</param>
internal sealed record Belongings(int Processes, int Descriptors, int Threads, int Files)
{
    public static Belongings Count(string temporary) => new(
        Below(Environment.ProcessId),
        OpenFiles().Count(),
        Directory.GetDirectories("/proc/self/task").Length,
        Directory.GetFileSystemEntries(temporary, "*", SearchOption.AllDirectories).Length);

    /// <summary>What the descriptors stand for.</summary>
    public static IEnumerable<string> OpenFiles() =>
        Directory.GetFiles("/proc/self/fd").Select(file => File.ResolveLinkTarget(file, returnFinalTarget: false)?.FullName ?? "").Where(file => !file.EndsWith(".dll", StringComparison.Ordinal));

    private static int Below(int process)
    {
        int count = 0;
        foreach (string folder in Directory.GetDirectories($"/proc/{process}/task"))
        {
            foreach (string child in Read($"{folder}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                count += 1 + (Directory.Exists($"/proc/{child}/task") ? Below(int.Parse(child, null)) : 0);
            }
        }

        return count;
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
