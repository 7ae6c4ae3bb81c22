using System.Text;
using Pexen.Locking;

namespace Pexen.Execution.Supervision;

/// <summary>
/// Test programs that are started after the build, by a process that outlives it (<c>dotnet test</c> under Microsoft.Testing.Platform). Each is
/// started through an attendant, which tells the supervisor by a pipe that the program has ended, and waits there for what follows.
/// </summary>
/// <param name="Count">How many are to be expected.</param>
/// <param name="Starter">The process that starts them. When it ends none will come any more.</param>
internal sealed record TestPrograms(int Count, int Starter)
{
    /// <summary>Says in the arguments of the host that it is to be an attendant.</summary>
    public const string Verb = "attend";

    /// <summary>What an attendant says when its program has ended.</summary>
    public const byte Ended = (byte)'e';

    /// <summary>What an attendant says on Ctrl-C: finalizers have a limit from now on.</summary>
    public const byte Cancelled = (byte)'c';

    /// <summary>What an attendant is told when its program may begin.</summary>
    public const byte Begin = (byte)'b';

    /// <summary>What an attendant is told when the run goes on for other programs; nothing when the supervisor was lost.</summary>
    public const byte GoesOn = (byte)'g';

    /// <summary>What an attendant is told when <c>dotnet test</c> has ended while its program is running.</summary>
    public const byte Abandoned = (byte)'a';

    /// <summary>What an attendant is told when the run is over, and its record written.</summary>
    public const byte Over = (byte)'o';

    /// <summary>What the name of a socket may have, with some to spare.</summary>
    private const int LongestPath = 100;

    /// <summary>
    /// The pipe of a run: on Unix the path of a socket, in the user's own folder if that is short enough. The run is for the programs of one starter: others, of
    /// <c>dotnet test --no-build</c> or <c>dotnet run</c> meanwhile, do not end it.
    /// </summary>
    public static string PipeOf(UserFolder folder, RunKey key, int starter)
    {
        if (OperatingSystem.IsWindows())
        {
            return $"pexen-{key.FileName}-tests";
        }

        string own = Path.Combine(folder.Locks, OperatingSystem.IsLinux() ? $"{key.FileName}.{starter}.tests" : $"{key.FileName}.tests");
        return Encoding.UTF8.GetByteCount(own) <= LongestPath ? own : Path.Combine("/tmp", RunKey.FileNameFor("pexen", own));
    }
}
