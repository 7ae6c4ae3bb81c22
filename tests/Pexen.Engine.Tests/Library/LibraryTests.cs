namespace Pexen.Engine.Tests.Library;

/// <summary>What the tests of the library share.</summary>
public abstract class LibraryTests
{
    /// <summary>For a test that waits for something; far more than it takes.</summary>
    protected const int Limit = 60_000;

    public required TestContext TestContext { get; set; }

    protected CancellationToken Cancelled => TestContext.CancellationToken;

    protected static SchedulerOptions Slots(int count) => new() { MaxParallel = count };

    /// <summary>Runs to the end; the results in the order in which they came.</summary>
    protected static async Task<List<UnitResult>> RunAsync(Scheduler scheduler)
    {
        List<UnitResult> results = [];
        await foreach (UnitResult result in scheduler.RunAsync())
        {
            results.Add(result);
        }

        return results;
    }

    protected static Task<List<UnitResult>> RunAsync(params Unit[] units) => RunAsync(new Scheduler(units));

    protected static Task<List<UnitResult>> RunAsync(SchedulerOptions options, params Unit[] units) => RunAsync(new Scheduler(units, options));

    /// <summary><c>a Succeeded, b Failed</c>.</summary>
    protected static string Text(IEnumerable<UnitResult> results) => string.Join(", ", results.Select(result => $"{result.Name} {result.Outcome}"));

    protected static UnitResult Of(IEnumerable<UnitResult> results, string name) => results.Single(result => result.Name == name);

    /// <summary><c>PEX4001: …</c>, a line each.</summary>
    protected static string[] WarningsOf(Scheduler scheduler, string code) =>
        [.. scheduler.Warnings.Where(warning => warning.Code == code).Select(warning => warning.Message)];

    protected static Unit Nothing(string name) => Unit.Create(name, () => { });

    protected static Unit Throwing(string name) => Unit.Create(name, () => throw new InvalidOperationException("on purpose"));
}
