using System.Diagnostics;

namespace Pexen.TestChild;

/// <summary>Processes that stay behind. The shell does the forking, which a .NET program cannot.</summary>
internal static class Spawning
{
    public static void Start(string kind, string file)
    {
        const string Sleep = "echo $$ > \"$0.tmp\"; mv \"$0.tmp\" \"$0\"; exec sleep 120";
        string[] command = kind switch
        {
            "plain" => ["-c", Sleep, file],
            "setsid" => ["-c", "exec setsid sh -c '" + Sleep + "' \"$0\"", file],
            "double-fork" => ["-c", "(setsid sh -c '" + Sleep + "' \"$0\" &)", file],
            "double-fork-empty" => ["-c", "(env -i PATH=\"$PATH\" setsid sh -c '" + Sleep + "' \"$0\" &)", file],
            _ => throw new ArgumentException(kind),
        };
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", command))!;
        _ = Waiting.ForFile(file);
    }

    public static void ForkOn(int left)
    {
        string script = "n=$1; e=$2; [ $n -gt 0 ] && [ $(date +%s) -lt $e ] || exit 0; setsid sh -c \"$0\" \"$0\" $((n-1)) $e &";
        long end = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 2;
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script, script, left.ToString(), end.ToString()]))!;
        shell.WaitForExit();
    }
}
