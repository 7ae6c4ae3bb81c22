namespace Pexen.Engine.Tests.Library;

/// <summary>On which threads, in which context delegates run.</summary>
[TestClass]
public sealed class ThreadTests : LibraryTests
{
    private static readonly AsyncLocal<string?> Ambient = new();

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task AmbientValueOfTheCaller_ReachesDelegatesAndNoneLeavesAnotherBehind()
    {
        Ambient.Value = "caller";

        List<UnitResult> results = await RunAsync(Slots(1), [.. Enumerable.Range(0, 20).Select(number => Unit.Create($"u{number}", () =>
        {
            string? seen = Ambient.Value;
            Ambient.Value = $"u{number}";
            return seen;
        }))]);

        Assert.IsTrue(results.TrueForAll(result => (string?)result.Value == "caller"));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task DelegatesRunOnThePool_NotOnTheThreadThatEndsATask()
    {
        TaskCompletionSource end = new();
        Task<List<UnitResult>> run = RunAsync(
            Slots(1), Unit.Create("a", () => end.Task), Unit.Create("b", () => Environment.CurrentManagedThreadId) with { Requires = ["a"] });
        int ours = 0;
        var thread = new Thread(() =>
        {
            ours = Environment.CurrentManagedThreadId;
            end.SetResult();
            Thread.CurrentThread.Join(0);
        });
        thread.Start();
        thread.Join();

        Assert.AreNotEqual(ours, Of(await run, "b").Value);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ManyDelegatesOfAllKinds_EachGivesOneResult()
    {
        var random = new Random(7);
        for (int round = 0; round < 30; round++)
        {
            Unit[] units = [.. Enumerable.Range(0, 300).Select(number => Any(random, number))];
            var scheduler = new Scheduler(units, new SchedulerOptions { MaxParallel = random.Next(1, 6), GracePeriod = TimeSpan.Zero });
            using var cancel = new CancellationTokenSource();
            HashSet<string> seen = [];
            int cancelAt = random.Next(0, 600);
            try
            {
                await foreach (UnitResult result in scheduler.RunAsync(cancel.Token))
                {
                    Assert.IsTrue(seen.Add(result.Name), result.Name);
                    _ = scheduler.Snapshot();
                    if (seen.Count == cancelAt)
                    {
                        cancel.Cancel();
                    }
                }
            }
            catch (OperationCanceledException)
            {
                Assert.IsTrue(cancel.IsCancellationRequested);
            }

            Assert.HasCount(300, seen);
        }
    }

    private static Unit Any(Random random, int number)
    {
        string name = $"u{number}";
        Unit unit = random.Next(6) switch
        {
            0 => Unit.Milestone(name),
            1 => Throwing(name) with { OnCrash = random.Next(2) == 0 ? Aftermath.None : Aftermath.ReleaseLocks },
            2 => Unit.Create(name, async () => await Task.Yield()),
            3 => Unit.Create(name, context => { context.Shared["last"] = context.Name; }),
            4 => Unit.Create(name, async context => await Task.Delay(5, context.CancellationToken)) with { Timeout = TimeSpan.FromMilliseconds(random.Next(1, 10)) },
            _ => Nothing(name),
        };
        return unit with
        {
            Requires = number > 0 && random.Next(3) == 0 ? [$"u{random.Next(number)}"] : [],
            After = number > 0 && random.Next(3) == 0 ? [$"u{random.Next(number)}"] : [],
            Claims = random.Next(3) == 0 ? [$"c{random.Next(20)}"] : [],
            Uses = random.Next(3) == 0 ? [$"r{random.Next(3)}"] : [],
        };
    }
}
