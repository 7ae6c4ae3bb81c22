using Pexen.RecordChecking.Input;
using Pexen.RecordChecking.Replay;
using Pexen.RecordChecking.Rules;

namespace Pexen.RecordChecking;

/// <summary>Checks a record: the two files a run leaves behind, and nothing else.</summary>
public static class RecordCheck
{
    /// <summary>Checks run.json and events.jsonl in <paramref name="folder"/>.</summary>
    public static IReadOnlyList<Complaint> Folder(string folder, CheckOptions? options = null)
    {
        string run = Path.Combine(folder, "run.json");
        string events = Path.Combine(folder, "events.jsonl");
        foreach (string file in new[] { run, events })
        {
            if (!File.Exists(file))
            {
                return [new Complaint(Rule.Format, null, null, $"'{Path.GetFileName(file)}' is missing")];
            }
        }

        return Text(File.ReadAllText(run), File.ReadAllLines(events), options);
    }

    /// <summary>Checks the content of run.json and the lines of events.jsonl; all complaints at once, none if the record is good.</summary>
    public static IReadOnlyList<Complaint> Text(string runJson, IReadOnlyList<string> eventLines, CheckOptions? options = null)
    {
        options ??= new CheckOptions();
        var complaints = new Complaints();
        RunFile? file = RecordReader.ReadRun(runJson, complaints);
        if (file is null)
        {
            return complaints.All;
        }

        List<RunEvent> events = RecordReader.ReadEvents(eventLines, file.Interrupted, complaints);
        var run = new CheckedRun(file, options, complaints);
        SequenceRules.Check(events, run);
        UnitRules.Check(run);
        new Replayer(run).Play(events);
        AftermathRules.Check(run);
        MemoryRules.Check(run);
        OutcomeRules.Check(run);
        TimeRules.Check(run);
        LogRules.Check(run, options.LogFolder);
        return complaints.All;
    }
}
