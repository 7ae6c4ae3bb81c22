namespace Pexen.Execution.Local;

/// <summary>Chooses the executor for processes of this machine.</summary>
internal static class LocalExecutor
{
    /// <summary>Set to <c>portable</c> to use the portable executor where there is a better one; for its tests.</summary>
    private const string Choice = "PEXEN_EXECUTOR";

    /// <summary>
    /// To be called once, before the first start: from then on orphans of our descendants become our children, and exits are told to us
    /// even if whoever started us ignored them.
    /// </summary>
    public static void PrepareProcess()
    {
        if (OperatingSystem.IsLinux() && !Portable)
        {
            _ = Libc.ProcessControl(Libc.SetChildSubreaper, 1, 0, 0, 0);
            Libc.DefaultChildSignal();
        }
    }

    public static IExecutor Create() => OperatingSystem.IsLinux() && !Portable ? new LinuxExecutor() : new PortableExecutor();

    private static bool Portable => Environment.GetEnvironmentVariable(Choice) == "portable";
}
