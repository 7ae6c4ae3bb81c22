using System.Globalization;
using Pexen.Execution.Local;

namespace Pexen.Tasks.Running;

/// <summary>
/// The process whose build a node of MSBuild works for. MSBuild tells its tasks when that process is gone, but for one case: if it died before it read
/// all that the node had sent, the connection is reset and not closed, and the node goes on for ever. So a run in a node watches for itself.
/// </summary>
internal static class BuilderOfNode
{
    private static readonly TimeSpan TimeToNotice = TimeSpan.FromSeconds(5);

    /// <summary>Watches it; null in a process that is not a node, which has no other above it.</summary>
    /// <param name="gone">Called when it has ended.</param>
    public static ProcessEnd? Watch(Action gone) =>
        OperatingSystem.IsLinux() && HasArgument("/nodemode:") && Find() is int builder ? new ProcessEnd(builder, gone) : null;

    /// <summary>The process whose build this is: the builder of a node, else this one. Where it cannot be told the node stands for it.</summary>
    public static int ProcessOfBuild() => (OperatingSystem.IsLinux() && HasArgument("/nodemode:") ? Find() : null) ?? Environment.ProcessId;

    /// <summary>
    /// Ends this node, unless it does so itself: nobody can reach it any more. One that is to be reused stays, for it may have found another builder.
    /// </summary>
    public static void EndNode()
    {
        if (HasArgument("/nodeReuse:false"))
        {
            new Thread(() =>
            {
                Thread.Sleep(TimeToNotice);
                Environment.Exit(1);
            })
            { IsBackground = true, Name = "end of a lost node" }.Start();
        }
    }

    /// <summary>MSBuild's end of the connection is a socket that has a file name; the newest one is that of this build.</summary>
    private static int? Find()
    {
        int? found = null;
        foreach (string file in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            if (int.TryParse(Path.GetFileName(file.AsSpan()), CultureInfo.InvariantCulture, out int descriptor)
                && Libc.NameOfSocket(descriptor) is string name
                && Path.GetFileName(name).StartsWith("MSBuild", StringComparison.Ordinal)
                && Libc.PeerOfSocket(descriptor) is int peer
                && peer != Environment.ProcessId)
            {
                found = peer;
            }
        }

        return found;
    }

    private static bool HasArgument(string start) =>
        Array.Exists(Environment.GetCommandLineArgs(), argument => argument.StartsWith(start, StringComparison.OrdinalIgnoreCase));
}
