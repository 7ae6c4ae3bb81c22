using Pexen.Benchmarks.Measuring;

namespace Pexen.Benchmarks.Launching;

/// <summary>
/// A build tool with as many independent rules as there are launches. Its start, and reading its file, do not count: a second run of the same
/// file, in which there is nothing left to do, is subtracted. That flatters the tool a little, since it also reads the log of the first.
/// </summary>
internal abstract class BuildTool(string directory) : Launcher
{
    protected string Directory { get; } = directory;

    protected override LaunchSample Launch(int count)
    {
        if (System.IO.Directory.Exists(Directory))
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }

        System.IO.Directory.CreateDirectory(Directory);
        WriteRules(count);
        ChildProcess all = Run();
        LeaveNothingToDo(count);
        ChildProcess idle = Run();
        return new LaunchSample((all.Processor - idle.Processor).TotalMilliseconds / count, count / (all.Wall - idle.Wall).TotalSeconds);
    }

    protected abstract void WriteRules(int count);

    protected abstract ChildProcess Run();

    /// <summary>Makes the files that <c>true</c> did not make.</summary>
    private void LeaveNothingToDo(int count)
    {
        for (int i = 0; i < count; i++)
        {
            File.WriteAllBytes(Path.Combine(Directory, $"n{i}"), []);
        }
    }
}
