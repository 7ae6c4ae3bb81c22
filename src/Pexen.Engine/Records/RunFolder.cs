using System.Text;
using System.Text.Json;
using Pexen.Execution.Protocol;

namespace Pexen.Records;

/// <summary>The folder of a phase: the files of its last run, and those of former runs under <c>history</c>.</summary>
internal sealed class RunFolder(string path)
{
    private const int HistoryKept = 20;
    private const string RecordName = "run.json";

    public string Path { get; } = path;

    public string Record => Inside(RecordName);

    public string Events => Inside("events.jsonl");

    /// <summary>There only while a run is under way, or when one was lost.</summary>
    public string Running => Inside("running.json");

    /// <summary>There only while tests run that a run is held for: what is known of its units so far.</summary>
    public string Ready => Inside("ready.json");

    public string Logs => Inside("logs");

    /// <summary>What units say to each other while a run is under way; gone after it.</summary>
    public string Work => Inside("work");

    public string History => Inside("history");

    /// <summary>The last durations of units, for the ready order (rule 9).</summary>
    public string Durations => Inside("durations.tsv");

    public string LogOf(string logFileName) => System.IO.Path.Combine(Logs, logFileName);

    /// <summary>Moves away what the former run left and makes room for a new one. The caller holds the run lock and has recovered a lost run.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Prepare()
    {
        Directory.CreateDirectory(Path);
        if (!File.Exists(Record))
        {
            // Events without a record: a supervisor that was killed before its run began.
            File.Delete(Events);
        }

        if (FormerRunId() is string former)
        {
            MoveToHistory(former);
            PruneHistory();
        }

        if (Directory.Exists(Work))
        {
            Directory.Delete(Work, recursive: true);
        }

        Directory.CreateDirectory(Logs);
    }

    /// <summary>The record of the last run, if it belongs to the build named (rule 15a), else null.</summary>
    public RunRecord? RecordOfBuild(string buildId)
    {
        (string? runId, string? build) = ReadFirstEvent(Events);
        return build == buildId && !File.Exists(Running) && RunRecordReader.TryRead(Record) is RunRecord record && record.RunId == runId ? record : null;
    }

    /// <summary>What is known of a run of the build named that is held for tests, else null.</summary>
    public RunRecord? ReadyInBuild(string buildId) =>
        File.Exists(Ready) && ReadFirstEvent(Events) is var (runId, build) && build == buildId && RunRecordReader.TryRead(Ready) is RunRecord record && record.RunId == runId ? record : null;

    private string? FormerRunId()
    {
        string? runId = ReadFirstEvent(Events).RunId ?? RunRecordReader.TryRead(Record)?.RunId;
        if (runId is null && (File.Exists(Events) || File.Exists(Record)))
        {
            // Unreadable, but it may be what somebody needs to see.
            return "unknown-" + File.GetLastWriteTimeUtc(File.Exists(Record) ? Record : Events).ToString("yyyyMMdd'T'HHmmss'Z'", null);
        }

        return runId is not null && IsFileName(runId) ? runId : null;
    }

    /// <summary>The record goes last: whoever is killed before leaves it to say where the rest belongs, and the next comes back for it.</summary>
    private void MoveToHistory(string runId)
    {
        string target = System.IO.Path.Combine(History, runId);
        Directory.CreateDirectory(target);
        if (Directory.Exists(Logs))
        {
            string logs = System.IO.Path.Combine(target, "logs");
            if (Directory.Exists(logs))
            {
                Directory.Delete(logs, recursive: true);
            }

            Directory.Move(Logs, logs);
        }

        foreach (string file in Directory.GetFiles(Path))
        {
            string name = System.IO.Path.GetFileName(file);
            if (!Stays(name) && name != RecordName)
            {
                File.Move(file, System.IO.Path.Combine(target, name), overwrite: true);
            }
        }

        if (File.Exists(Record))
        {
            File.Move(Record, System.IO.Path.Combine(target, RecordName), overwrite: true);
        }
    }

    /// <summary>What is not of one run: durations, what PexenPlan wrote, and what somebody is writing.</summary>
    private static bool Stays(string name) =>
        name is "durations.tsv" or "plan.json" or "graph.dot" or "graph.mmd" || name.EndsWith(".tmp", StringComparison.Ordinal);

    /// <summary>Run ids begin with their time, so the order of names is that of age.</summary>
    private void PruneHistory()
    {
        string[] runs = Directory.GetDirectories(History);
        Array.Sort(runs, StringComparer.Ordinal);
        for (int index = 0; index < runs.Length - HistoryKept; index++)
        {
            Directory.Delete(runs[index], recursive: true);
        }
    }

    private static (string? RunId, string? BuildId) ReadFirstEvent(string events)
    {
        // Asked first: the first exception of a process takes milliseconds, and a first run has no events.
        if (!File.Exists(events))
        {
            return (null, null);
        }

        try
        {
            using var reader = new StreamReader(events, Encoding.UTF8);
            return ReadIds(Encoding.UTF8.GetBytes(reader.ReadLine() ?? ""));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return (null, null);
        }
    }

    private static (string? RunId, string? BuildId) ReadIds(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        string? runId = null, buildId = null;
        reader.Read();
        while (JsonText.NextProperty(ref reader) is string name)
        {
            switch (name)
            {
                case "runId": runId = reader.GetString(); break;
                case "buildId": buildId = reader.GetString(); break;
                default: reader.Skip(); break;
            }
        }

        return (runId, buildId);
    }

    private static bool IsFileName(string text) => text.Length is > 0 and < 100 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private string Inside(string name) => System.IO.Path.Combine(Path, name);
}
