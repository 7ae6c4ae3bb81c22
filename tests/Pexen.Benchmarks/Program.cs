using Pexen.Benchmarks.Launching;
using Pexen.Benchmarks.Library;
using Pexen.Benchmarks.Manifest;
using Pexen.Benchmarks.Measuring;
using Pexen.Benchmarks.NoOp;
using Pexen.Benchmarks.Scheduling;
using Pexen.Benchmarks.Soak;
using Pexen.Benchmarks.Start;
using Pexen.Benchmarks.Stopping;
using Pexen.Benchmarks.Workers;

// Each figure is a verb of its own; build/bench calls them all and prints the table.
string verb = args.FirstOrDefault("");
var options = new Options(args.Skip(1));
switch (verb)
{
    case "launch": LaunchFigure.Measure(options); return 0;
    case "executor": ExecutorLoop.Run(options.Number("count", 2000), options.Number("width", 2)); return 0;
    case "request": RequestLine.Print(options); return 0;
    case "schedule" when options.Number("add", 0) > 0: AdditionFigure.Measure(options.Number("quick", 0) > 0); return 0;
    case "schedule": ScheduleFigure.Measure(options.Number("quick", 0) > 0, options.Find("table") is string table ? new FigureTable(table) : null); return 0;
    case "noop": NoOpFigure.Measure(options); return 0;
    case "manifest": ManifestFigure.Measure(options); return 0;
    case "soak": return SoakFigure.Measure(options);
    case "start": StartFigure.Measure(options); return 0;
    case "stop" when OperatingSystem.IsLinux(): StopFigure.Measure(options); return 0;
    case "worker": WorkerFigure.Measure(options); return 0;
    case "library": await LibraryFigure.Measure(options.Find("table") is string rows ? new FigureTable(rows) : null); return 0;
    default:
        Console.Error.WriteLine("usage: launch|executor|request|schedule|library|noop|manifest|start|stop|worker|soak --table FILE [--rounds N] …; build/bench knows the rest");
        return 2;
}
