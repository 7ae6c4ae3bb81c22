using System.Collections.Immutable;
using System.Globalization;
using Pexen.Execution.Workers;
using Pexen.Model;

namespace Pexen.Execution.Local;

/// <summary>Chooses the executor for processes of this machine.</summary>
internal static class LocalExecutor
{
    /// <summary>Set to <c>portable</c> to use the portable executor where there is a better one; for its tests.</summary>
    private const string Choice = "PEXEN_EXECUTOR";

    /// <summary>
    /// To be called once, before the first start: from then on orphans of our descendants become our children, and exits are told to us
    /// even if whoever started us ignored them; and what we inherited besides 0, 1 and 2 stops at us.
    /// </summary>
    public static void PrepareProcess()
    {
        if (OperatingSystem.IsLinux() && !Portable)
        {
            _ = Libc.ProcessControl(Libc.SetChildSubreaper, 1, 0, 0, 0);
            Libc.DefaultChildSignal();
            KeepDescriptorsToOurselves();
        }
    }

    /// <param name="workers">How to start a worker for methods; asked at the first method. Null where there are none.</param>
    public static IExecutor Create(Func<WorkerStart>? workers = null) =>
        OperatingSystem.IsLinux() && !Portable ? new LinuxExecutor(workers) : new PortableExecutor(workers);

    /// <summary>Uses what a launch needs, but launches nothing.</summary>
    public static void Rehearse(ImmutableArray<NamedValue> environment)
    {
        if (OperatingSystem.IsLinux() && !Portable)
        {
            using var executor = new LinuxExecutor();
            using var block = new NativeBlock();
            block.Fill("/bin/true", "/", ["one"], environment);
        }
    }

    private static void KeepDescriptorsToOurselves()
    {
        if (Libc.SetCloseOnExecFrom(3))
        {
            return;
        }

        foreach (string file in Directory.GetFiles("/proc/self/fd"))
        {
            if (int.TryParse(Path.GetFileName(file), CultureInfo.InvariantCulture, out int descriptor) && descriptor > 2)
            {
                Libc.SetCloseOnExec(descriptor);
            }
        }
    }

    private static bool Portable => Environment.GetEnvironmentVariable(Choice) == "portable";
}
