using System.Text.Json;
using Pexen.Benchmarks.Measuring;
using Pexen.Execution;
using Pexen.Execution.Protocol;
using Pexen.Execution.Supervision;
using Pexen.Model;

namespace Pexen.Benchmarks.Launching;

/// <summary>
/// Pexen.Host as a build starts it, from a request to the record. Launches per second are those of its journal, from the first start to the
/// last end; processor time is that of the whole host and its children, less that of a host with a single unit.
/// </summary>
internal sealed class Supervisor(string name, string host, string directory, Work work) : Launcher
{
    public override string Name => name;

    protected override LaunchSample Launch(int count)
    {
        double single = Run(1).Processor.TotalMilliseconds;
        (TimeSpan processor, TimeSpan running) = Run(count);
        return new LaunchSample((processor.TotalMilliseconds - single) / (count - 1), count / running.TotalSeconds);
    }

    private (TimeSpan Processor, TimeSpan Running) Run(int count)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }

        RunRequest request = Requests.Many(directory, work, count, Width);
        var problems = new List<string>();
        TimeSpan before = ProcessorTime.OfChildren();
        FinishMessage? finish;
        using (var client = new HostClient("dotnet", host))
        {
            finish = client.Run(request, message => Keep(message, problems));
        }

        TimeSpan processor = ProcessorTime.OfChildren() - before;
        return finish is { Outcome: nameof(RunOutcome.Succeeded) }
            ? (processor, Journal(Path.Combine(request.Folder, "events.jsonl"), count))
            : throw new InvalidOperationException($"the run did not succeed: {finish?.Outcome} {string.Join("; ", problems)}");
    }

    private static void Keep(HostMessage message, List<string> problems)
    {
        if (message is DiagnosticMessage diagnostic)
        {
            problems.Add(diagnostic.Diagnostic.ToString());
        }
    }

    private static TimeSpan Journal(string file, int count)
    {
        long first = long.MaxValue, last = 0;
        int ends = 0;
        foreach (string line in File.ReadLines(file))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            long time = root.GetProperty("ns").GetInt64();
            switch (root.GetProperty("event").GetString())
            {
                case "start": first = Math.Min(first, time); break;
                case "end": last = Math.Max(last, time); ends++; break;
            }
        }

        return ends == count ? TimeSpan.FromMicroseconds((last - first) / 1000.0) : throw new InvalidOperationException($"{ends} of {count} units ended");
    }
}
