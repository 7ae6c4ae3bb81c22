using System.Runtime.InteropServices;
using Pexen.Execution.Local;

namespace Pexen.Locking;

/// <summary>The user's own folder for locks and state (rule 35): mode 0700, owner checked, links not followed.</summary>
internal sealed partial class UserFolder
{
    private UserFolder(string path) => Path = path;

    /// <summary>Absolute.</summary>
    public string Path { get; }

    public string Locks => System.IO.Path.Combine(Path, "locks");

    /// <summary>The first usable of: the state folder of the user, a folder of the user's in the temporary folder.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <exception cref="IOException">Neither can be had; the message says why.</exception>
    public static UserFolder Open(Func<string, string?> variable)
    {
        string? refusal = null;
        foreach (string candidate in Candidates(variable))
        {
            refusal = Prepare(candidate) ?? Prepare(System.IO.Path.Combine(candidate, "locks"));
            if (refusal is null)
            {
                return new UserFolder(candidate);
            }
        }

        throw new IOException($"there is no folder for locks: {refusal}");
    }

    public static UserFolder Open() => Open(Environment.GetEnvironmentVariable);

    private static IEnumerable<string> Candidates(Func<string, string?> variable)
    {
        if (OperatingSystem.IsWindows())
        {
            yield return System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "pexen");
            yield break;
        }

        // Relative paths there are invalid and to be ignored, says the base directory specification.
        if (variable("XDG_STATE_HOME") is { Length: > 0 } state && System.IO.Path.IsPathRooted(state))
        {
            yield return System.IO.Path.Combine(state, "pexen");
        }
        else if (variable("HOME") is { Length: > 0 } home && System.IO.Path.IsPathRooted(home))
        {
            yield return System.IO.Path.Combine(home, ".local", "state", "pexen");
        }

        yield return System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"pexen-{UserId()}");
    }

    /// <summary>Null when the folder is there and ours alone, else why not.</summary>
    private static string? Prepare(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
                return null;
            }

            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var entry = new DirectoryInfo(folder);
            if (entry.LinkTarget is not null)
            {
                return $"'{folder}' is a link";
            }

            // Changing the mode is refused to everyone but the owner (and root), so it checks and repairs in one.
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return OwnerOf(folder) is uint owner && owner != UserId() ? $"'{folder}' belongs to user {owner}" : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    private static uint UserId() => OperatingSystem.IsWindows() ? 0 : GetEffectiveUserId();

    /// <summary>Only root can change the mode of a folder that is not its own, so only root needs to look further.</summary>
    private static uint? OwnerOf(string folder) => OperatingSystem.IsLinux() ? Libc.OwnerOf(folder) : null;

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUserId();
}
