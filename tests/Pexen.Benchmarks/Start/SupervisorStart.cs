using System.Diagnostics;
using Pexen.Benchmarks.Launching;
using Pexen.Execution;
using Pexen.Execution.Protocol;
using Pexen.Model;

namespace Pexen.Benchmarks.Start;

/// <summary>The supervisor's share: it alone, with a request written beforehand, without MSBuild and the task.</summary>
internal sealed class SupervisorStart(string host, string stamp, string directory)
{
    /// <returns>Milliseconds until its first message was read, and until the unit's process was in its main function.</returns>
    public (double ToHello, double ToProcess) Measure()
    {
        string arrived = Path.Combine(directory, "arrived-alone");
        File.Delete(arrived);
        RunRequest request = Requests.Many(Path.Combine(directory, "alone"), new ExecutableWork(stamp, [arrived]), 1, Launcher.Width);
        ReadOnlyMemory<byte> line = RunRequestWriter.Write(request);
        var start = new ProcessStartInfo("dotnet", ["exec", host]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        long begin = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
        using Process process = Process.Start(start)!;
        process.StandardInput.BaseStream.Write(line.Span);
        process.StandardInput.BaseStream.Flush();
        process.StandardOutput.ReadLine();
        long hello = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
        process.StandardOutput.ReadToEnd();
        process.StandardInput.Close();
        process.WaitForExit();
        return ((hello - begin) / 1e6, (StartFigure.Stamp(arrived) - begin) / 1e6);
    }
}
