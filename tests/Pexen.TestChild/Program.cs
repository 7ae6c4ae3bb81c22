using System.Text;
using Pexen.TestChild;

// The child program of the tests: the first argument says what to do. Everything that runs on by itself ends after two minutes at the latest.
string verb = args.Length > 0 ? args[0] : "";
string first = args.Length > 1 ? args[1] : "";
string second = args.Length > 2 ? args[2] : "";
switch (verb)
{
    case "exit":
        return int.Parse(first);
    case "echo":
        Console.WriteLine(first);
        return 0;
    case "error":
        Console.Error.WriteLine(first);
        return 0;
    case "args":
        foreach (string argument in args.Skip(1))
        {
            Console.WriteLine(Convert.ToHexString(Encoding.UTF8.GetBytes(argument)));
        }

        return 0;
    case "env":
        Console.WriteLine(Environment.GetEnvironmentVariable(first) ?? "(none)");
        return 0;
    case "pid":
        Console.WriteLine(Environment.ProcessId);
        return 0;
    case "touch":
        File.WriteAllText(first, Environment.ProcessId.ToString());
        return 0;
    case "write":
        File.WriteAllText(first, second);
        return 0;
    case "wait-for-file":
        return Waiting.ForFile(first);
    case "sleep":
        Waiting.TillKilled(first);
        return 0;
    case "allocate":
        // allocate MEGABYTES FILE [stay|end]: has so much in memory, and says so by the file.
        using (Memory.Take(int.Parse(first)))
        {
            Waiting.TillKilled(second, args.Length > 3 && args[3] == "end" ? TimeSpan.Zero : null);
        }

        return 0;
    case "map":
        // map MEGABYTES FILE READY: has a file of that size in memory, which others may have too.
        using (Memory.Map(int.Parse(first), second))
        {
            Waiting.TillKilled(args[3]);
        }

        return 0;
    case "compute":
        Memory.Compute(TimeSpan.FromMilliseconds(int.Parse(first)));
        return 0;
    case "ignore-term":
        using (Signals.IgnoreTermination())
        {
            Waiting.TillKilled(first);
        }

        return 0;
    case "flood":
        Output.Flood(long.Parse(first));
        return 0;
    case "signal":
        Signals.KillSelf(int.Parse(first));
        return 1;
    case "spawn":
        // spawn plain|setsid|double-fork|double-fork-empty FILE [stay]: the child writes its id to FILE and sleeps; its output is ours.
        Spawning.Start(first, second);
        if (args.Length > 3)
        {
            Waiting.TillKilled("");
        }

        return 0;
    case "forks":
        // Each forks the next and ends; for two seconds or 200 processes, whichever comes first.
        Spawning.ForkOn(int.Parse(first.Length == 0 ? "200" : first));
        return 0;
    default:
        Console.Error.WriteLine($"unknown verb '{verb}'");
        return 64;
}
