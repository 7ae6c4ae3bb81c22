using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Pexen.TestChild;

/// <summary>What units of tests call.</summary>
public static class Methods
{
    private static int calls;

    public static void Nothing()
    {
    }

    public static void Pid() => Console.Out.WriteLine($"{Environment.ProcessId} {++calls}");

    public static void Write(string output, string error)
    {
        Console.Write(output);
        Console.Error.Write(error);

        // Past the console, as native code writes.
        using var raw = new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        raw.Write(System.Text.Encoding.UTF8.GetBytes(output));
    }

    public static void Exit(int code) => Environment.Exit(code);

    public static void Overflow() => Overflow(0);

    public static void KillSelf() => Process.GetCurrentProcess().Kill();

    public static void Throw(string message) => throw new InvalidOperationException(message);

    /// <summary>Throws at the first attempt of its unit.</summary>
    public static string ThrowFirst() =>
        Environment.GetEnvironmentVariable("PEXEN_ATTEMPT") is string attempt && attempt != "1" ? $"attempt {attempt}" : throw new InvalidOperationException("the first time");

    public static async Task ThrowLater(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }

    public static void Controlled(bool provide, bool releaseLocks) => throw new ControlledFailureException("known to be flaky") { Provide = provide, ReleaseLocks = releaseLocks, Details = "try again" };

    /// <summary>Says that it runs, and never ends.</summary>
    public static void Hang(string file)
    {
        File.WriteAllText(file, $"{Environment.ProcessId}");
        Thread.Sleep(TimeSpan.FromMinutes(2));
    }

    public static void HangDeaf(string file)
    {
        using var deaf = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
        Hang(file);
    }

    public static async Task Listen(string file, CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(file, $"{Environment.ProcessId}", CancellationToken.None);
        try
        {
            await Task.Delay(TimeSpan.FromMinutes(2), cancellation);
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("stopping as asked");
            throw;
        }
    }

    public static void Leave(string file)
    {
        var child = Process.Start("sleep", "110");
        File.WriteAllText(file, $"{child.Id}");
    }

    /// <summary>Goes on writing when its unit has ended.</summary>
    public static void WriteOn()
    {
        Console.WriteLine("mine");
        _ = Task.Run(async () =>
        {
            while (true)
            {
                Console.WriteLine("late");
                await Task.Delay(1);
            }
        });
    }

    public static string Typed(int number, double fraction, bool truth, DayOfWeek day, Guid id, TimeSpan time, DateTime date, string rest = "none") =>
        FormattableString.Invariant($"{number} {fraction} {truth} {day} {id} {time} {date:O} {rest}");

    public static string Many(params int[] numbers) => string.Join('+', numbers);

    public static void Same(int one) => _ = one;

    public static void Same(string one) => _ = one;

    public static Task<int> Later() => Task.Run(() => 42);

    public static ValueTask<string[]> Texts() => ValueTask.FromResult<string[]>(["a", "b"]);

    public static Stream NotCarried() => Stream.Null;

    public static string Lines() => "one\ntwo END\nthree";

    public static void Share(IDictionary<string, string> shared, string key)
    {
        shared["wtype"] = shared["wtype"] + " again";
        shared[key] = "new";
    }

    public static Stream ShareNotCarried(IDictionary<string, object> shared)
    {
        shared["bad"] = Stream.Null;
        return Stream.Null;
    }

    public static void Surroundings()
    {
        Console.WriteLine(Environment.CurrentDirectory);
        Console.WriteLine(Environment.GetEnvironmentVariable("PEXEN_UNIT"));
        Console.WriteLine(Environment.GetEnvironmentVariable("LEFT_BEHIND") ?? "clean");
        Console.WriteLine(Environment.GetEnvironmentVariable("DOTNET_TieredPGO") ?? "clean");
        Console.WriteLine(Console.In.ReadToEnd());
        Environment.SetEnvironmentVariable("LEFT_BEHIND", "dirty");
        Environment.SetEnvironmentVariable("PATH", "nowhere");
        Environment.CurrentDirectory = "/";
        Console.SetOut(TextWriter.Null);
    }

    private static int Overflow(int depth) => depth < 0 ? depth : Overflow(depth + 1) + Overflow(depth + 2);

    /// <summary>Has so much memory until it is stopped.</summary>
    public static void Allocate(int megabytes, string file)
    {
        using (Memory.Take(megabytes))
        {
            Waiting.TillKilled(file);
        }
    }

    /// <summary>Uses so many milliseconds of processor time.</summary>
    public static void Compute(int milliseconds)
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        Memory.Compute(process.TotalProcessorTime + TimeSpan.FromMilliseconds(milliseconds));
    }

    /// <summary>Writes which processors its thread, and one that it starts, may run on.</summary>
    public static void Processors()
    {
        Show();
        var thread = new Thread(Show);
        thread.Start();
        thread.Join();

        static void Show() =>
            Console.WriteLine(File.ReadLines("/proc/thread-self/status").First(line => line.StartsWith("Cpus_allowed_list", StringComparison.Ordinal)).Split(':')[1].Trim());
    }
}
