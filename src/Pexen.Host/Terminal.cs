using System.Runtime.InteropServices;

namespace Pexen.Host;

/// <summary>The terminal the build was started from.</summary>
internal static partial class Terminal
{
    /// <summary>
    /// Moves to a session of its own: Ctrl-C then reaches the build, which tells us, and not the units past us. Fails harmlessly for a process that leads a group.
    /// </summary>
    public static void Leave()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetSession();
        }
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int SetSession();
}
