using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Library;

/// <summary>Makes of what a unit says of time what the engine uses; one object for all that say nothing.</summary>
/// <param name="options">Say what holds for those.</param>
/// <param name="bad">Told of each value that is refused: of which unit, its name, the value, and what is allowed.</param>
internal sealed class TimingTexts(SchedulerOptions options, Action<Unit, string, string, string> bad)
{
    private const RetryCauses AllCauses = RetryCauses.Failure | RetryCauses.Timeout | RetryCauses.Crash | RetryCauses.Memory | RetryCauses.NotStarted;

    private readonly Timing _silentLaunched = new()
    {
        IdleTimeout = OrNone(options.DefaultIdleTimeout), SlowAfter = OrNone(options.SlowAfter), Retries = options.DefaultRetries,
    };

    private readonly Timing _silent = new() { SlowAfter = OrNone(options.SlowAfter), Retries = options.DefaultRetries };

    /// <param name="unit">The unit.</param>
    /// <param name="retryCodes">Its <see cref="Unit.RetryOnExitCodes"/>.</param>
    /// <param name="successCodes">Exit codes after which there is nothing to try again.</param>
    public Timing Read(Unit unit, ExitCodes retryCodes, ExitCodes successCodes)
    {
        Check(unit, "Timeout", unit.Timeout);
        Check(unit, "GracePeriod", unit.GracePeriod);
        if (!unit.HasTiming)
        {
            return unit.Work is LaunchedWork ? _silentLaunched : _silent;
        }

        UnitTiming timing = unit.Timing;
        CheckRetries(unit, timing);
        CheckIdle(unit, timing);
        Check(unit, "SlowAfter", timing.SlowAfter);
        Check(unit, "TotalTimeout", timing.TotalTimeout);
        Check(unit, "StartDelay", timing.StartDelay);
        if (!Enum.IsDefined(timing.OnTimeout))
        {
            bad(unit, "OnTimeout", $"{timing.OnTimeout}", "Allowed are Fail and Pass");
        }

        if (ExitCodesText.Overlap(retryCodes.Ranges, successCodes.Ranges) is int code)
        {
            bad(unit, "RetryOnExitCodes", string.Join(", ", timing.RetryOnExitCodes), $"The exit code {code} is success, after which there is nothing to try again");
        }

        return new Timing
        {
            TotalTimeout = OrNone(timing.TotalTimeout),
            IdleTimeout = unit.Work is LaunchedWork ? OrNone(timing.IdleTimeout ?? options.DefaultIdleTimeout) : null,
            SlowAfter = OrNone(timing.SlowAfter ?? options.SlowAfter),
            StartDelay = timing.StartDelay,
            OnTimeout = timing.OnTimeout,
            Retries = timing.Retries ?? options.DefaultRetries,
            RetryDelay = timing.RetryDelay,
            RetryBackoff = timing.RetryBackoff,
            RetryOn = timing.RetryOn,
            RetryOnExitCodes = retryCodes,
        };
    }

    /// <summary>Zero is none.</summary>
    public static TimeSpan? OrNone(TimeSpan? time) => time is { Ticks: > 0 } ? time : null;

    private void CheckRetries(Unit unit, UnitTiming timing)
    {
        if (timing.Retries is < 0 or > TimingReader.MostRetries)
        {
            bad(unit, "Retries", $"{timing.Retries}", $"Allowed are whole numbers from 0 to {TimingReader.MostRetries}");
        }

        Check(unit, "RetryDelay", timing.RetryDelay);
        if (timing.RetryDelay > Timing.LongestRetryDelay)
        {
            bad(unit, "RetryDelay", $"{timing.RetryDelay}", "The longest delay is 5 minutes");
        }

        if (timing.RetryBackoff is not (>= 1 and <= TimingReader.MostBackoff))
        {
            bad(unit, "RetryBackoff", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{timing.RetryBackoff}"), "Allowed are numbers from 1 to 1000");
        }

        if ((timing.RetryOn & ~AllCauses) != 0)
        {
            bad(unit, "RetryOn", $"{timing.RetryOn}", "Allowed are Failure, Timeout, Crash, Memory and NotStarted; no unit of the library runs on another system");
        }
    }

    private void CheckIdle(Unit unit, UnitTiming timing)
    {
        Check(unit, "IdleTimeout", timing.IdleTimeout);
        if (timing.IdleTimeout > TimeSpan.Zero && unit.Work is not LaunchedWork)
        {
            bad(unit, "IdleTimeout", $"{timing.IdleTimeout}", "Only processes and methods have output to watch; a delegate has a Timeout");
        }
    }

    private void Check(Unit unit, string member, TimeSpan? time)
    {
        if (time < TimeSpan.Zero)
        {
            bad(unit, member, $"{time}", "A duration cannot be negative; zero is none");
        }
        else if (time > DurationText.Longest)
        {
            bad(unit, member, $"{time}", "The longest duration is a year of 365 days; null or zero is none");
        }
    }
}
