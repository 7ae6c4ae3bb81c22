using System.Collections.Immutable;
using System.Globalization;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Reads what a unit says of time besides its <c>Timeout</c> and <c>GracePeriod</c>.</summary>
internal static class TimingReader
{
    /// <summary>More attempts than this are a slip of the pen: each is kept in the record.</summary>
    public const int MostRetries = 1000;

    /// <summary>The delay is capped anyway; more than this is a slip of the pen.</summary>
    public const double MostBackoff = 1000;

    private static readonly string[] Names =
    [
        "IdleTimeout", "TotalTimeout", "SlowAfter", "StartDelay", "OnTimeout", "Retries", "RetryDelay", "RetryBackoff", "RetryOn",
    ];

    private static readonly RetryCauses[] Causes =
    [
        RetryCauses.Failure, RetryCauses.Timeout, RetryCauses.Crash, RetryCauses.Memory, RetryCauses.System, RetryCauses.NotStarted,
    ];

    /// <param name="values">Of the unit.</param>
    /// <param name="defaults">Of units that say nothing.</param>
    /// <param name="successCodes">Reads the exit codes after which there is nothing to try again.</param>
    public static Timing Read(DeclaredValues values, Timing defaults, Func<DeclaredValues, ExitCodes> successCodes)
    {
        if (!Array.Exists(Names, values.Has))
        {
            return defaults;
        }

        (RetryCauses causes, ImmutableArray<ExitCodeRange> codes) = ReadRetryOn(values, defaults.RetryOn, successCodes);
        return new Timing
        {
            IdleTimeout = values.Limit("IdleTimeout", defaults.IdleTimeout),
            TotalTimeout = values.Limit("TotalTimeout", null),
            SlowAfter = values.Limit("SlowAfter", defaults.SlowAfter),
            StartDelay = values.Value("StartDelay", TimeSpan.Zero, DurationText.Parse),
            OnTimeout = values.Value("OnTimeout", TimeoutMeaning.Fail, ScalarText.Choice),
            Retries = values.Value("Retries", defaults.Retries, ParseRetries),
            RetryDelay = values.Value("RetryDelay", TimeSpan.Zero, ParseRetryDelay),
            RetryBackoff = values.Value("RetryBackoff", 1.0, ParseBackoff),
            RetryOn = causes,
            RetryOnExitCodes = codes.IsEmpty ? ExitCodes.None : new ExitCodes(codes),
        };
    }

    /// <summary>The project's properties.</summary>
    public static Timing ReadDefaults(DeclaredValues values) =>
        !values.Has("PexenDefaultIdleTimeout") && !values.Has("PexenSlowAfter") && !values.Has("PexenDefaultRetries")
            ? Timing.Default
            : new Timing
            {
                IdleTimeout = values.Limit("PexenDefaultIdleTimeout", null),
                SlowAfter = values.Limit("PexenSlowAfter", Timing.Default.SlowAfter),
                Retries = values.Value("PexenDefaultRetries", 0, ParseRetries),
            };

    private static string? ParseRetries(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= MostRetries
            ? null
            : $"Allowed is a whole number from 0 to {MostRetries}";

    private static string? ParseRetryDelay(string text, out TimeSpan value)
    {
        string? allowed = DurationText.Parse(text, out value);
        return allowed is null && value > Timing.LongestRetryDelay ? "The longest delay is 5m" : allowed;
    }

    private static string? ParseBackoff(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value is >= 1 and <= MostBackoff
            ? null
            : "Allowed is a number from 1.0 to 1000, with a point";

    private static (RetryCauses Causes, ImmutableArray<ExitCodeRange> Codes) ReadRetryOn(DeclaredValues values, RetryCauses otherwise, Func<DeclaredValues, ExitCodes> successCodes)
    {
        ImmutableArray<RetryEntry> entries = values.List<RetryEntry>("RetryOn", ParseEntry);
        if (entries.IsEmpty)
        {
            return (otherwise, []);
        }

        ImmutableArray<ExitCodeRange> codes = [.. entries.Where(entry => entry.Codes is not null).Select(entry => entry.Codes!)];

        // What is wrong with those is said where they are read for themselves.
        if (!codes.IsEmpty && ExitCodesText.Overlap(codes, successCodes(values.Quiet()).Ranges) is int code)
        {
            values.Bad("RetryOn", values.Word("RetryOn")!, $"The exit code {code} is success, after which there is nothing to try again");
        }

        return (entries.Aggregate(RetryCauses.None, (all, entry) => all | entry.Cause), codes);
    }

    private static string? ParseEntry(string text, out RetryEntry value)
    {
        RetryCauses cause = Array.Find(Causes, one => one.ToString().Equals(text, StringComparison.OrdinalIgnoreCase));
        ExitCodeRange? codes = null;
        bool known = cause != RetryCauses.None || ExitCodesText.ParseEntry(text, out codes) is null;
        value = new RetryEntry(cause, known ? codes : null);
        return known ? null : $"Allowed are {string.Join(", ", Causes)}, and exit codes and ranges of them, like 75 or 100-110";
    }

    private sealed record RetryEntry(RetryCauses Cause, ExitCodeRange? Codes);
}
