using System.Runtime.InteropServices;

namespace Pexen.Sdk.Tests.Infrastructure;

/// <summary>Signals of Linux, by their numbers there.</summary>
internal static partial class Signals
{
    public const int HangUp = 1;
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Stop = 19;

    /// <summary>To a process, or to a group by its negative number.</summary>
    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Send(int process, int signal);
}
