using System.Collections.Immutable;
using Pexen.Engine.Tests.Dispatching;
using Pexen.Locking;
using Pexen.Model;

namespace Pexen.Engine.Tests.Locking;

/// <summary>Rule 14: how far resources reach.</summary>
[TestClass]
public sealed class ScopeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [TestMethod]
    [DataRow(nameof(ResourceScope.Project), true, true)]
    [DataRow(nameof(ResourceScope.Repository), false, true)]
    [DataRow(nameof(ResourceScope.Machine), false, false)]
    public void ResourceHeldByAProject_IsFreeForOthersAsItsScopeSays(string scope, bool sameRepository, bool otherRepository)
    {
        Repositories();
        ResourceDefinition db = new("db", null) { Scope = Enum.Parse<ResourceScope>(scope) };
        using var one = new ScopedRun(_folder, "r/a/a.proj", "run-1", db);
        using var sibling = new ScopedRun(_folder, "r/b/b.proj", "run-2", db);
        using var stranger = new ScopedRun(_folder, "s/b/b.proj", "run-3", db);
        using var again = new ScopedRun(_folder, "r/a/a.proj", "run-4", db);

        Assert.IsTrue(one.Take("u", new ScopedHold("db")));

        Assert.AreEqual(sameRepository, sibling.Take("u", new ScopedHold("DB")));
        sibling.Release("u");
        Assert.AreEqual(otherRepository, stranger.Take("u", new ScopedHold("db")));
        stranger.Release("u");
        Assert.IsFalse(again.Take("u", new ScopedHold("db/table")), "all scopes hold in the project itself");
        one.Release("u");
        Assert.IsTrue(sibling.Take("u", new ScopedHold("db")) && again.Take("u", new ScopedHold("other")));
    }

    [TestMethod]
    public void OneOfSeveralIsRefused_TheOthersAreGivenBack()
    {
        Repositories();
        ResourceDefinition[] resources = [new("here", null) { Scope = ResourceScope.Repository }, new("there", null) { Scope = ResourceScope.Machine }];
        using var one = new ScopedRun(_folder, "r/a/a.proj", "run-1", [.. resources]);
        using var other = new ScopedRun(_folder, "r/b/b.proj", "run-2", [.. resources]);
        using var third = new ScopedRun(_folder, "r/c/c.proj", "run-3", [.. resources]);
        Assert.IsTrue(one.Take("u", new ScopedHold("there")));

        Assert.IsFalse(other.Take("u", new ScopedHold("here"), new ScopedHold("there")));

        Assert.IsTrue(third.Take("u", new ScopedHold("here")));
    }

    [TestMethod]
    public void ProjectsDisagree_TheSecondIsRefusedAndBothAreNamedOnce()
    {
        Repositories();
        using var one = new ScopedRun(_folder, "r/a/a.proj", "run-1", new ResourceDefinition("gpu", 1) { Scope = ResourceScope.Machine });
        using var other = new ScopedRun(_folder, "s/b/b.proj", "run-2", new ResourceDefinition("gpu", 3) { Scope = ResourceScope.Machine, Instances = ["0", "1", "2"] });
        Assert.IsTrue(one.Take("u", new ScopedHold("gpu", Claim: false)));

        Assert.IsFalse(other.Take("u", new ScopedHold("gpu", Claim: false)));
        Assert.IsFalse(other.Take("v", new ScopedHold("gpu", Claim: false)));

        Diagnostic said = other.Said.Single();
        Assert.AreEqual("PEX1015", said.Code);
        Assert.Contains("capacity 3 and instances 0;1;2 in", said.Message);
        Assert.Contains("capacity 1 in", said.Message);
        Assert.IsLessThan(said.Message.IndexOf("a.proj", StringComparison.Ordinal), said.Message.IndexOf("b.proj", StringComparison.Ordinal));
    }

    [TestMethod]
    public void NothingReachesBeyondTheProject_NoOtherRegistryIsTouched()
    {
        using var one = new ScopedRun(_folder, "a.proj", "run-1", new ResourceDefinition("db", null), new ResourceDefinition("net", null) { Scope = ResourceScope.Machine });

        Assert.IsTrue(one.Take("u", new ScopedHold("db")));

        Assert.HasCount(1, Directory.GetFiles(ScopedRun.Folder(_folder).Locks, "*.holds"));
    }

    [TestMethod]
    [DataRow(".git", "r/x/p.proj", "r")]
    [DataRow("all.slnx", "r/x/p.proj", "r")]
    [DataRow("all.sln", "r/p.proj", "r")]
    [DataRow("readme", "r/x/p.proj", "r/x")]
    public void RootOfARepository_IsTheNearestGitElseSolutionElseTheProjects(string marker, string project, string root)
    {
        // Above the folder of the test there may be anything; so there is a nearer one, which is not to be taken.
        Directory.CreateDirectory(_folder.Inside("r", "x"));
        File.WriteAllText(_folder.Inside("r", marker), "");
        string found = RepositoryRoot.Of(_folder.Inside(project.Split('/')));
        string expected = marker == "readme" && RepositoryRoot.Of(_folder.Inside("any.proj")) is string above && above != _folder.Path ? above : _folder.Inside(root.Split('/'));
        Assert.AreEqual(expected, found);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public void RandomHoldsOfSeveralProjects_AreGrantedAsTheRulesSay()
    {
        Repositories();
        string[] paths = ["a", "a/b", "a/b/c", "a/d", "e", "e/f", "g"];
        string[] projects = ["r/a/a.proj", "r/b/b.proj", "s/c/c.proj", "r/a/a.proj"];
        int granted = 0, refused = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            Dictionary<string, ResourceScope> declared = [];
            foreach (string path in paths.Where(_ => random.Next(2) == 0))
            {
                declared[path] = (ResourceScope)random.Next(3);
            }

            ImmutableArray<ResourceDefinition> resources = [.. declared.Select(one => new ResourceDefinition(one.Key, null) { Scope = one.Value })];
            ScopedRun[] runs = [.. projects.Select((project, index) => new ScopedRun(_folder, project, $"run-{seed}-{index}", resources))];
            List<(int Run, string Unit, ScopedHold[] Holds)> held = [];
            for (int step = 0; step < 25; step++)
            {
                if (held.Count > 0 && random.Next(3) == 0)
                {
                    (int run, string unit, _) = held[random.Next(held.Count)];
                    runs[run].Release(unit);
                    held.RemoveAll(one => one.Run == run && one.Unit == unit);
                    continue;
                }

                int taker = random.Next(runs.Length);
                ScopedHold[] wanted = [.. paths.Where(_ => random.Next(5) == 0).Select(path => new ScopedHold(path, random.Next(2) == 0))];

                // Within a run its own scheduler minds.
                bool free = !held.Exists(other => other.Run != taker && other.Holds.Any(mine => wanted.Any(one => Conflict(declared, projects[other.Run], mine, projects[taker], one))));
                Assert.AreEqual(free, runs[taker].Take($"u{step}", wanted), $"seed {seed}, step {step}");
                granted += free ? 1 : 0;
                refused += free ? 0 : 1;
                if (free)
                {
                    held.Add((taker, $"u{step}", wanted));
                }
            }

            Array.ForEach(runs, run => run.Dispose());
        }

        Assert.IsTrue(granted > 100 && refused > 100, $"{granted} granted, {refused} refused");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Two holds of different runs conflict if one is a claim, they are on one path, and there is something at or below both that both projects share.
    /// </summary>
    private static bool Conflict(Dictionary<string, ResourceScope> declared, string project, ScopedHold one, string otherProject, ScopedHold other)
    {
        return (one.Claim || other.Claim)
            && (Covers(one.Resource, other.Resource) || Covers(other.Resource, one.Resource))
            && declared.Keys.Append(one.Resource).Append(other.Resource).Any(path => Covers(one.Resource, path) && Covers(other.Resource, path) && Reaches(path));

        static bool Covers(string above, string below) => $"{below}/".StartsWith($"{above}/", StringComparison.Ordinal);

        bool Reaches(string path)
        {
            string? nearest = declared.Keys.Where(above => Covers(above, path)).MaxBy(above => above.Length);
            return project == otherProject || (nearest is null ? ResourceScope.Project : declared[nearest]) switch
            {
                ResourceScope.Machine => true,
                ResourceScope.Repository => project[0] == otherProject[0],
                _ => false,
            };
        }
    }

    private void Repositories()
    {
        Directory.CreateDirectory(_folder.Inside("r", ".git"));
        Directory.CreateDirectory(_folder.Inside("s", ".git"));
    }
}
