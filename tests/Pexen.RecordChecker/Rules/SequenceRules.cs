using Pexen.RecordChecking.Input;

namespace Pexen.RecordChecking.Rules;

/// <summary>The events as a whole: numbered without a gap, in time, from <c>run</c> to <c>finish</c>.</summary>
internal static class SequenceRules
{
    public static void Check(List<RunEvent> events, CheckedRun run)
    {
        Complaints complaints = run.Complaints;
        long expected = 1;
        long time = 0;
        foreach (RunEvent line in events)
        {
            if (line.Seq != expected)
            {
                complaints.Add(Rule.Sequence, $"seq {line.Seq} where {expected} is next", line.Unit, line.Seq);
            }

            if (line.Ns < time)
            {
                complaints.Add(Rule.Clock, $"ns {line.Ns} after {time}", line.Unit, line.Seq);
            }

            expected = line.Seq + 1;
            time = line.Ns;
        }

        CheckFirst(events, run);
        CheckLast(events, run);
    }

    private static void CheckFirst(List<RunEvent> events, CheckedRun run)
    {
        if (events.Count == 0 || events[0].Event != "run")
        {
            run.Complaints.Add(Rule.Sequence, "the first event is not 'run'");
            return;
        }

        if (events[0].RunId is { } id && id != run.File.RunId)
        {
            run.Complaints.Add(Rule.Sequence, $"the events are those of run '{id}', run.json is that of '{run.File.RunId}'", null, events[0].Seq);
        }

        int added = events.Count(line => line.Event == "add");
        if (events[0].Units is { } planned && planned + added != run.Units.Count)
        {
            run.Complaints.Add(Rule.Completeness, $"{planned} units were planned and {added} added, run.json has {run.Units.Count}", null, events[0].Seq);
        }

        run.MaxFailures = events[0].MaxFailures ?? run.MaxFailures;
    }

    private static void CheckLast(List<RunEvent> events, CheckedRun run)
    {
        for (int i = 0; i < events.Count; i++)
        {
            if (events[i].Event == (i == 0 ? "finish" : "run") || (events[i].Event == "finish" && i < events.Count - 1))
            {
                run.Complaints.Add(Rule.Sequence, $"'{events[i].Event}' in the wrong place", null, events[i].Seq);
            }
        }

        if (events.Count > 0 && events[^1].Event == "finish")
        {
            if (events[^1].Outcome != run.File.Outcome)
            {
                run.Complaints.Add(Rule.Outcome, $"'{events[^1].Outcome}' here, '{run.File.Outcome}' in run.json", null, events[^1].Seq);
            }
        }
        else if (!run.File.Interrupted)
        {
            run.Complaints.Add(Rule.Sequence, "the last event is not 'finish'");
        }
    }
}
