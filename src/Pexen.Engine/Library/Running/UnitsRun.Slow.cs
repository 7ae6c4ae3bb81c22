using Pexen.Execution;
using Pexen.Execution.Protocol;
using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Library;

/// <summary>Attempts that are silent, or take long.</summary>
internal sealed partial class UnitsRun
{
    private const int WaitersLookedAt = 100;
    private const int LongestLastLine = 300;

    private HashSet<int>? _saidSlow;

    /// <summary>Under the lock. Output sets no alarm: whether there was any is asked when the time would be up.</summary>
    private bool IsIdle(UnitAttempt attempt)
    {
        TimeSpan limit = attempt.Definition.Timing.IdleTimeout!.Value;
        TimeSpan silent = _lane!.ActivityOf(attempt, withProcesses: false)?.Silent ?? limit;
        if (silent >= limit)
        {
            return true;
        }

        _alarms.Add(new Alarm(AlarmKind.IdleTimeout, attempt), Elapsed() - silent + limit);
        return false;
    }

    /// <summary>Under the lock: what has to be looked at there. It comes again.</summary>
    private SlowUnit LookAtSlow(UnitAttempt attempt)
    {
        TimeSpan now = Elapsed();
        _alarms.Add(new Alarm(AlarmKind.Slow, attempt), now + attempt.Definition.Timing.SlowAfter!.Value);
        UnitDefinition unit = attempt.Definition;
        return new SlowUnit(unit.Name)
        {
            Attempt = attempt.Number,
            Since = StartedAt + attempt.Started,
            Running = now - attempt.Started,
            Holds = [.. unit.Claims, .. unit.Uses.Select(use => use.ToString())],
            WaitedForBy = WaitersFor(attempt.Index),
        };
    }

    private List<string> WaitersFor(int unit)
    {
        List<string> names = [];
        int looked = 0;
        for (int other = 0; other < _units.Count && looked < WaitersLookedAt; other++)
        {
            if (_scheduler.StateOf(other) is not (UnitState.Waiting or UnitState.Ready))
            {
                continue;
            }

            looked++;
            if (_scheduler.ObstaclesOf(other).Any(obstacle => obstacle.Unit == unit && obstacle.Kind is ObstacleKind.Dependency or ObstacleKind.Holder))
            {
                names.Add(NameOf(other));
            }
        }

        return names;
    }

    /// <summary>Not under the lock: it looks at processes and files, and calls code of the user's.</summary>
    private void TellSlow((UnitAttempt Attempt, SlowUnit Seen) slow)
    {
        (UnitAttempt attempt, SlowUnit seen) = slow;
        AttemptActivity? activity = attempt.IsProcess ? _lane!.ActivityOf(attempt, withProcesses: true) : null;
        string? lastLine = attempt.IsProcess ? LogExcerpt.Read(LogOf(attempt), lastLines: 1).FirstOrDefault()?.Trim() : null;
        seen = seen with
        {
            Silent = activity?.Silent,
            Processes = activity?.Processes ?? [],
            LastLine = lastLine is { Length: > 0 and <= LongestLastLine } ? lastLine : null,
        };
        Diagnostic diagnostic = Diagnostics.UnitSlow(attempt.Definition, seen.Since, seen.Running, seen.LastLine, activity, seen.WaitedForBy);
        NoteSlow(attempt.Index, diagnostic);
        if (_options.OnSlow is null)
        {
            return;
        }

        try
        {
            _options.OnSlow(seen with { Message = diagnostic.Message });
        }
        catch (Exception problem)
        {
            Note(Diagnostics.CallbackThrew(nameof(SchedulerOptions.OnSlow), seen.Name, problem));
        }
    }

    /// <summary>Once of a unit, however often it is said to whoever listens.</summary>
    private void NoteSlow(int unit, Diagnostic diagnostic)
    {
        lock (_gate)
        {
            if ((_saidSlow ??= []).Add(unit))
            {
                _notes.Add(diagnostic);
            }
        }
    }
}
