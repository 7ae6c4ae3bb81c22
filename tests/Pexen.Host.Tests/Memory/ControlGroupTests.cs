using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pexen.Execution;
using Pexen.Execution.Protocol;
using Pexen.Model;

namespace Pexen.Host.Tests.Memory;

/// <summary>The kernel enforces limits of memory where control groups of version 2 may be made: in a machine of its own, for this one has none of them.</summary>
[TestClass]
[SupportedOSPlatform("linux")]
[OSCondition(OperatingSystems.Linux)]
public sealed partial class ControlGroupTests
{
    /// <summary>Takes memory without end, much faster than it is looked at.</summary>
    private const string Eat = "exec tail /dev/zero";

    /// <summary>Its group, and what that may have.</summary>
    private const string SayGroup = "cat /proc/self/cgroup; cat /sys/fs/cgroup$(sed -n s/^0:://p /proc/self/cgroup)/memory.max";

    private const string WriteFile = "head -c 30000000 /dev/zero > /tmp/file";

    private const string Script =
        """
        mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t devtmpfs dev /dev; mount -t tmpfs tmp /tmp; mount -t cgroup2 none /sys/fs/cgroup
        echo +memory > /sys/fs/cgroup/cgroup.subtree_control
        export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 HOME=/tmp XDG_STATE_HOME=/tmp/state
        run() {
          mkdir -p /tmp/$1; mkfifo /tmp/$1/in
          /dotnet/dotnet exec /host/Pexen.Host.dll < /tmp/$1/in > /tmp/$1/messages & host=$!
          exec 3> /tmp/$1/in; cat /$1.json >&3; wait $host; exec 3>&-
          for file in /tmp/$1/AfterBuild/logs/*; do echo "$1/${file##*/}: $(cat $file | tr '\n' ' ')"; done
          echo "$1/record: $(tr -d '\n' < /tmp/$1/AfterBuild/run.json)"
          grep -h '"event":"preempt"' /tmp/$1/AfterBuild/events.jsonl | sed "s,^,$1/preempt: ,"
        }
        run single
        mkdir /sys/fs/cgroup/session /sys/fs/cgroup/pexen-99999-$(readlink /proc/self/ns/pid | tr -dc 0-9)-0a; echo $$ > /sys/fs/cgroup/session/cgroup.procs
        run together
        run files
        echo "left: $(ls -d /sys/fs/cgroup/*/ | tr '\n' ' ')"
        """;

    private static readonly string[] Eaters = ["one", "two", "three", "four"];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [Timeout(180_000, CooperativeCancellation = true)]
    public void MemoryIsLimitedWhereControlGroupsCanBeMade_TheKernelEndsWhoTakesMoreAndTheRunKnowsWhy()
    {
        using var machine = VirtualMachine.Find();
        machine.Write("/single.json", Request("single", null, Unit("where", SayGroup, 40_000_000), Unit("eater", Eat, 20_000_000), Unit("free", SayGroup + " || true")));
        machine.Write("/together.json", Request("together", 40_000_000, [Unit("member", SayGroup, 30_000_000), .. Eaters.Select(name => Unit(name, Eat))]));
        machine.Write("/files.json", Request("files", 40_000_000, Unit("first", WriteFile + "1"), Unit("second", WriteFile + "2", requires: 0), Unit("third", WriteFile + "3", requires: 1), Unit("refused", new ExecutableWork("/host", []), 40_000_000)));

        string console = machine.Run(Script, TestContext.CancellationToken).ReplaceLineEndings("\n");
        TestContext.WriteLine(console);

        // Each of its own: a quarter more than the limit, down to whole pages; whoever is not limited stays where we are.
        Assert.MatchesRegex(@"single/where\.log: 0::/pexen-\d+-\d+-[0-9a-f]+/\d+ 49999872 ", Line(console, "single/where.log"));
        Assert.MatchesRegex(@"single/free\.log: 0::/ ", Line(console, "single/free.log"));
        Assert.AreEqual("Failed PEX3010 memory limit", End(console, "single", "eater"));
        Assert.AreEqual("Succeeded  ", End(console, "single", "where"));

        // All of a run: beside the group that we are in, in a group that all of them share.
        Assert.MatchesRegex(@"together/member\.log: 0::/pexen-\d+-\d+-[0-9a-f]+/together/\d+ 37498880 ", Line(console, "together/member.log"));
        foreach (string eater in Eaters)
        {
            // None of them crashed: it gave way, and had too much when it was alone, or for the third time.
            Assert.StartsWith("Failed PEX3010 ", End(console, "together", eater));
        }

        Assert.Contains("together/preempt: ", console);

        // Files on tmpfs stay when those who wrote them have ended, and are nobody's.
        Assert.AreEqual("Succeeded   Succeeded   Succeeded  ", $"{End(console, "files", "first")} {End(console, "files", "second")} {End(console, "files", "third")}");
        Assert.AreEqual("Failed PEX3003 not started", End(console, "files", "refused"));

        Assert.IsGreaterThanOrEqualTo(2, MemoryKills().Count(console), "the kernel did not end them");
        Assert.AreEqual("left: /sys/fs/cgroup/session/ ", Line(console, "left"));
    }

    private static string Line(string console, string name) => Regex.Match(console, $"^{Regex.Escape(name)}: .*$", RegexOptions.Multiline).Value;

    private static string End(string console, string run, string unit)
    {
        using JsonDocument record = JsonDocument.Parse(Line(console, $"{run}/record")[$"{run}/record: ".Length..]);
        JsonElement one = record.RootElement.GetProperty("units").EnumerateArray().Single(element => element.GetProperty("name").GetString() == unit);
        return $"{one.GetProperty("outcome")} {one.GetProperty("code")} {one.GetProperty("reason")}";
    }

    private static ReadOnlySpan<byte> Request(string name, long? memory, params PlannedUnit[] units) => RunRequestWriter.Write(new RunRequest
    {
        RunId = $"20261122T000000Z-{name}",
        BuildId = "build",
        ProjectFile = $"/tmp/{name}/vm.proj",
        ProjectName = "vm.proj",
        Phase = "AfterBuild",
        Folder = $"/tmp/{name}/AfterBuild",
        MaxParallel = units.Length,
        MemoryLimit = memory,
        Plan = new Plan { Units = [.. units.Select((unit, index) => unit with { Index = index, Rank = index })] },
    }).Span;

    private static PlannedUnit Unit(string name, string command, long? memory = null, int? requires = null) => Unit(name, new CommandWork(command), memory, requires);

    private static PlannedUnit Unit(string name, Work work, long? memory = null, int? requires = null) => new()
    {
        Index = 0,
        Rank = 0,
        Dependencies = requires is int on ? [new Dependency(on, DependencyKind.Requires)] : [],
        Definition = new UnitDefinition
        {
            Name = name,
            WorkingDirectory = "/tmp",
            Work = work,
            Provides = [new Capability(name, null)],
            GracePeriod = TimeSpan.FromSeconds(1),
            Limits = memory is null ? Limits.Default : new Limits { Memory = memory },
        },
    };

    [GeneratedRegex("Memory cgroup out of memory: Killed process")]
    private static partial Regex MemoryKills();
}
