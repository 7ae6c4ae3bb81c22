using System.Runtime.InteropServices;

namespace Pexen.TestChild;

internal static partial class Signals
{
    public static IDisposable IgnoreTermination() => PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);

    public static void KillSelf(int signal) => _ = Kill(Environment.ProcessId, signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
