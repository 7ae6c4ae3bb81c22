using Pexen.Benchmarks.Scheduling;

// Each figure is a verb of its own.
switch (args.FirstOrDefault(""))
{
    case "schedule": ScheduleFigure.Measure(args.Contains("--quick")); return 0;
    default:
        Console.Error.WriteLine("usage: schedule [--quick]");
        return 2;
}
