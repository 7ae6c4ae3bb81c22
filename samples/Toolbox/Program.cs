using Pexen;
using Toolbox;

if (args is not [string folder] || !Directory.Exists(folder))
{
    Console.Error.WriteLine("usage: toolbox FOLDER");
    return 2;
}

var notebook = new Notebook(folder);
var scheduler = new Scheduler(notebook.Units(), new SchedulerOptions
{
    Timeout = TimeSpan.FromMinutes(5),
    Resources = [new Resource("disk", 2)],
    Presets = new Dictionary<string, object?> { ["longest"] = 12 },
});

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

int failures = 0;
try
{
    await foreach (UnitResult result in scheduler.RunAsync(stop.Token))
    {
        Console.WriteLine($"{result.Name,-8} {result.Outcome,-17} {result.Value ?? result.Exception?.Message ?? result.CausedBy}");
        foreach (var finding in result.Results)
        {
            Console.WriteLine($"         {finding.Status} {finding.Name}: {finding.Note}");
        }

        failures += result.Outcome == Outcome.Succeeded ? 0 : 1;
    }
}
catch (OperationCanceledException)
{
    Console.WriteLine("stopped");
    return 130;
}

return failures == 0 ? 0 : 1;
