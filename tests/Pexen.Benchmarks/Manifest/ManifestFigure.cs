using System.Collections.Immutable;
using System.Diagnostics;
using Pexen.Benchmarks.Measuring;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Benchmarks.Manifest;

/// <summary>What it costs to read units from a manifest: a file of 100,000 and one of 1,000,000, each unit with a program, arguments and a requirement.</summary>
internal static class ManifestFigure
{
    private const int Many = 100_000;

    public static void Measure(Options options)
    {
        string folder = options.Text("scratch");
        var table = new FigureTable(options.Text("table"));
        List<double> read = [], define = [], ten = [];
        string file = Write(folder, Many), large = Write(folder, 10 * Many);
        long memory = 0;
        for (int round = 0; round < options.Number("rounds", 7); round++)
        {
            List<Diagnostic> problems = [];
            long before = GC.GetTotalMemory(forceFullCollection: true);
            List<UnitDeclaration> units = Timed(read, () => Read(file, problems));
            memory = GC.GetTotalMemory(forceFullCollection: true) - before;
            var reader = new UnitReader(new ProjectSettings { MaxParallel = 2 }, folder, new PhaseRun(Phases.AfterBuild, RunPer.Project), problems);
            ImmutableArray<UnitDefinition> defined = Timed(define, () => units.Select(reader.Read).OfType<UnitDefinition>().ToImmutableArray());
            if (problems.Count > 0 || defined.Length != Many)
            {
                throw new InvalidOperationException($"{problems.Count} problems, {defined.Length} units");
            }
        }

        Timed(ten, () => Read(large, []));
        table.AtMost($"manifest, {Many:N0} units read, ms", $"{read.Spread("0")} ms, {memory / Many} bytes each", read.Median(), 1000);
        table.Note("the same units checked, before planning", $"{define.Spread("0")} ms");
        table.AtMost($"manifest, {10 * Many:N0} units read", $"times {Many:N0}", ten[0] / read.Median(), 13);
    }

    private static List<UnitDeclaration> Read(string file, List<Diagnostic> problems)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        return new JsonUnitReader(file, new UnitOrigin("units.json", []), ImmutableDictionary<string, string>.Empty, problems).Read(stream);
    }

    private static T Timed<T>(List<double> times, Func<T> act)
    {
        long start = Stopwatch.GetTimestamp();
        T result = act();
        times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return result;
    }

    private static string Write(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, $"units-{count}.json");
        using var text = new StreamWriter(file);
        text.Write("[\n");
        for (int unit = 0; unit < count; unit++)
        {
            string requires = unit < 10 ? "" : $", \"requires\": [\"unit-{unit - 10}\"]";
            text.Write($$"""  { "name": "unit-{{unit}}", "executable": "/bin/true", "arguments": ["--number", "{{unit}}"]{{requires}} }{{(unit < count - 1 ? "," : "")}}""" + "\n");
        }

        text.Write("]\n");
        return file;
    }
}
