using System.Diagnostics;

namespace Pexen.Benchmarks.Measuring;

/// <summary>Runs a program to its end: what it printed, how long it took, how much processor time it and its children used.</summary>
internal sealed record ChildProcess(string Output, TimeSpan Wall, TimeSpan Processor)
{
    public static ChildProcess Run(string directory, string file, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true };
        // Neither a node nor a server that an earlier round left behind may help a later one.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        TimeSpan before = ProcessorTime.OfChildren();
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        TimeSpan wall = Stopwatch.GetElapsedTime(begin);
        return process.ExitCode == 0
            ? new ChildProcess(output, wall, ProcessorTime.OfChildren() - before)
            : throw new InvalidOperationException($"{file} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}: {output}");
    }
}
