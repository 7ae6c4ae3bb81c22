using System.Text.Json;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Ends;

/// <summary>Blows at moments that nobody chose: before the supervisor has its request, between two units, while the record is written.</summary>
[TestClass]
[TestCategory("EndToEnd")]
[OSCondition(OperatingSystems.Linux)]
public sealed class AnyMomentTests : EndToEnd
{
    private const int LatestMoment = 700;
    private static readonly (int Signal, bool Entry, bool Supervisor)[] Blows =
    [
        (Signals.Interrupt, true, false),
        (Signals.Terminate, true, false),
        (Signals.Kill, true, false),
        (Signals.Kill, false, true),
        (Signals.Terminate, false, true),
        (Signals.Kill, true, true),
    ];

    public static IEnumerable<int> Some => Enumerable.Range(0, Blows.Length);

    public static IEnumerable<int> Many => Enumerable.Range(0, Blows.Length * 20);

    [TestMethod(UnfoldingStrategy = TestDataSourceUnfoldingStrategy.Fold)]
    [DynamicData(nameof(Some))]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void RunIsEndedAtSomeMoment_NextBuildFindsNothingLeftAndReadableRecords(int seed) => Play(seed);

    [TestMethod(UnfoldingStrategy = TestDataSourceUnfoldingStrategy.Fold)]
    [Full]
    [TestCategory("Full")]
    [DynamicData(nameof(Many))]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void RunIsEndedAtAnyMoment_NextBuildFindsNothingLeftAndReadableRecords(int seed) => Play(seed);

    private void Play(int seed)
    {
        (int signal, bool entry, bool supervisor) = Blows[seed % Blows.Length];
        var random = new Random(seed);
        Sandbox.WithEnding("one", [
            .. Enumerable.Range(0, 8).Select(number => EndingProjects.Unit(
                $"unit{number}",
                $"(setsid sh -c 'sleep 0.{random.Next(1, 9)}; true' &); sleep 0.0{random.Next(1, 9)}; echo said",
                number % 3 == 0 ? "Claims=\"db\" " : number > 3 ? $"Requires=\"unit{random.Next(number)}\" " : "")),
        ]);
        using StartedBuild build = Sandbox.Start(["build", "one/one.proj"]);
        Until.True(() => build.HasExited || build.Supervisors.Any(), () => build.Output);
        int? host = build.Supervisors.FirstOrDefault()?.Id;
        build.Pause(TimeSpan.FromMilliseconds(random.Next(LatestMoment)));

        // Whoever has ended by now has missed it.
        _ = supervisor && host is int id ? Signals.Send(id, signal) : 0;
        _ = entry && !build.HasExited ? Signals.Send(build.Id, signal) : 0;

        build.WaitForEnd();
        Until.True(() => !build.Supervisors.Any(), () => "the supervisor goes on");
        BuildRun next = Sandbox.Build("one/one.proj").Succeeded();
        build.WaitForNothingLeft();
        string folder = Sandbox["one/obj/pexen/Debug/AfterBuild"];
        RecordAssert.KeepsTheRules(folder);
        Assert.AreEqual("Succeeded", next.Record("one", "AfterBuild").GetProperty("outcome").GetString());
        foreach (string former in Formers(folder))
        {
            RecordAssert.KeepsTheRules(former);
            TestContext.WriteLine(Outcome(former));
        }
    }

    /// <summary>None if it was ended before it began.</summary>
    private static string[] Formers(string folder) =>
        Directory.Exists(Path.Combine(folder, "history")) ? Directory.GetDirectories(Path.Combine(folder, "history")) : [];

    private static string Outcome(string folder)
    {
        JsonElement record = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "run.json"))).RootElement;
        return $"{record.GetProperty("outcome")}: {string.Join(' ', record.GetProperty("units").EnumerateArray().Select(unit => unit.GetProperty("outcome")))}";
    }
}
