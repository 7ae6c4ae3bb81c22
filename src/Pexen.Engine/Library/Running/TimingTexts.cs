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
        IdleTimeout = OrNone(options.DefaultIdleTimeout),
        SlowAfter = OrNone(options.SlowAfter),
        Retries = options.DefaultRetries,
    };

    private readonly Timing _silent = new() { SlowAfter = OrNone(options.SlowAfter), Retries = options.DefaultRetries };

    /// <param name="unit">The unit.</param>
    /// <param name="retryCodes">Its <see cref="Unit.RetryOnExitCodes"/>.</param>
    /// <param name="successCodes">Exit codes after which there is nothing to try again.</param>
    public Timing Read(Unit unit, ExitCodes retryCodes, ExitCodes successCodes)
    {
        Check(unit, "Timeout", unit.Timeout);
        Check(unit, "GracePeriod", unit.GracePeriod);
        if (!unit.HasTerms)
        {
            return unit.Work is LaunchedWork ? _silentLaunched : _silent;
        }

        UnitTerms terms = unit.Terms;
        CheckRetries(unit, terms);
        CheckIdle(unit, terms);
        Check(unit, "SlowAfter", terms.SlowAfter);
        Check(unit, "TotalTimeout", terms.TotalTimeout);
        Check(unit, "StartDelay", terms.StartDelay);
        if (!Enum.IsDefined(terms.OnTimeout))
        {
            bad(unit, "OnTimeout", $"{terms.OnTimeout}", "Allowed are Fail and Pass");
        }

        if (ExitCodesText.Overlap(retryCodes.Ranges, successCodes.Ranges) is int code)
        {
            bad(unit, "RetryOnExitCodes", string.Join(", ", terms.RetryOnExitCodes), $"The exit code {code} is success, after which there is nothing to try again");
        }

        return new Timing
        {
            TotalTimeout = OrNone(terms.TotalTimeout),
            IdleTimeout = unit.Work is LaunchedWork ? OrNone(terms.IdleTimeout ?? options.DefaultIdleTimeout) : null,
            SlowAfter = OrNone(terms.SlowAfter ?? options.SlowAfter),
            StartDelay = terms.StartDelay,
            OnTimeout = terms.OnTimeout,
            Retries = terms.Retries ?? options.DefaultRetries,
            RetryDelay = terms.RetryDelay,
            RetryBackoff = terms.RetryBackoff,
            RetryOn = terms.RetryOn,
            RetryOnExitCodes = retryCodes,
        };
    }

    /// <summary>Zero is none.</summary>
    public static TimeSpan? OrNone(TimeSpan? time) => time is { Ticks: > 0 } ? time : null;

    private void CheckRetries(Unit unit, UnitTerms terms)
    {
        if (terms.Retries is < 0 or > TimingReader.MostRetries)
        {
            bad(unit, "Retries", $"{terms.Retries}", $"Allowed are whole numbers from 0 to {TimingReader.MostRetries}");
        }

        Check(unit, "RetryDelay", terms.RetryDelay);
        if (terms.RetryDelay > Timing.LongestRetryDelay)
        {
            bad(unit, "RetryDelay", $"{terms.RetryDelay}", "The longest delay is 5 minutes");
        }

        if (terms.RetryBackoff is not (>= 1 and <= TimingReader.MostBackoff))
        {
            bad(unit, "RetryBackoff", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{terms.RetryBackoff}"), "Allowed are numbers from 1 to 1000");
        }

        if ((terms.RetryOn & ~AllCauses) != 0)
        {
            bad(unit, "RetryOn", $"{terms.RetryOn}", "Allowed are Failure, Timeout, Crash, Memory and NotStarted; no unit of the library runs on another system");
        }
    }

    private void CheckIdle(Unit unit, UnitTerms terms)
    {
        Check(unit, "IdleTimeout", terms.IdleTimeout);
        if (terms.IdleTimeout > TimeSpan.Zero && unit.Work is not LaunchedWork)
        {
            bad(unit, "IdleTimeout", $"{terms.IdleTimeout}", "Only processes and methods have output to watch; a delegate has a Timeout");
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
