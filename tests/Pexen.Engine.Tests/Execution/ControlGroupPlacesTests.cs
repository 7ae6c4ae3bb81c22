using System.Runtime.Versioning;
using Pexen.Execution.Local;

namespace Pexen.Engine.Tests.Execution;

/// <summary>Where control groups could be made. That the kernel then does what it is told is shown in a machine that has them (Pexen.Host.Tests).</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
[SupportedOSPlatform("linux")]
public sealed class ControlGroupPlacesTests : IDisposable
{
    private readonly string _mount = Directory.CreateTempSubdirectory("pexen-groups-").FullName;

    public void Dispose() => Directory.Delete(_mount, recursive: true);

    [TestMethod]
    [DataRow("/", "/", "/", DisplayName = "we are in the root of all")]
    [DataRow("/user/session", "/ /user", "/user", DisplayName = "the group around ours controls memory")]
    [DataRow("/user", "/", "/", DisplayName = "that is the root")]
    [DataRow("/user/session", "/", "", DisplayName = "only one further up does")]
    [DataRow("/user", "", "", DisplayName = "nobody does")]
    [DataRow("/../other", "/", "", DisplayName = "we are outside of what we see")]
    public void WeAreInSomeGroup_ThePlaceIsWhereMemoryIsControlled(string own, string controlling, string expected)
    {
        foreach (string group in controlling.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Directory.CreateDirectory(_mount + group);
            File.WriteAllText(Path.Combine(_mount, group[1..], "cgroup.subtree_control"), "cpu memory pids\n");
        }

        string[] places = [.. ControlGroupPlaces.Find(Mounts("cgroup2", "/"), $"4:memory:/elsewhere\n0::{own}\n")];

        Assert.AreEqual(expected, string.Join(' ', places.Select(place => place == _mount ? "/" : place[_mount.Length..].TrimEnd('/') is "" ? "/" : place[_mount.Length..])));
    }

    [TestMethod]
    [DataRow("memory.max", "2147483648\n", false)]
    [DataRow("cpu.max", "150000 100000\n", false)]
    [DataRow("cpuset.cpus", "0-1\n", false)]
    [DataRow("memory.max", "max\n", true)]
    [DataRow("cpu.max", "max 100000\n", true)]
    [DataRow("cpuset.cpus", "\n", true)]
    [DataRow("pids.max", "1000\n", true)]
    public void OurGroupHasABound_NobodyGetsAwayFromItBesideIt(string file, string text, bool place)
    {
        Directory.CreateDirectory(Path.Combine(_mount, "service"));
        File.WriteAllText(Path.Combine(_mount, "cgroup.subtree_control"), "memory\n");
        File.WriteAllText(Path.Combine(_mount, "service", file), text);

        Assert.HasCount(place ? 1 : 0, ControlGroupPlaces.Find(Mounts("cgroup2", "/"), "0::/service\n").ToArray());
    }

    [TestMethod]
    [DataRow("cgroup", "/", "0::/\n", DisplayName = "version 1 is mounted")]
    [DataRow("cgroup2", "/a", "0::/\n", DisplayName = "a part of the tree is mounted")]
    [DataRow("cgroup2", "/", "4:memory:/\n", DisplayName = "we are in no group of version 2")]
    public void ThereIsNoVersion2ToBeSeen_ThereIsNoPlace(string type, string root, string membership)
    {
        File.WriteAllText(Path.Combine(_mount, "cgroup.subtree_control"), "memory\n");

        Assert.IsEmpty(ControlGroupPlaces.Find(Mounts(type, root), membership));
    }

    [TestMethod]
    public void TheKernelControlsSomethingElse_ThereIsNoPlace()
    {
        File.WriteAllText(Path.Combine(_mount, "cgroup.subtree_control"), "hugetlb memory_recursiveprot\n");

        Assert.IsEmpty(ControlGroupPlaces.Find(Mounts("cgroup2", "/"), "0::/\n"));
    }

    [TestMethod]
    public void APlaceIsNoRealOneOrMayNotBeWritten_NoGroupIsMadeAndNothingIsLeft()
    {
        Assert.IsNull(ControlGroups.Open([_mount, Path.Combine(_mount, "missing")], 4711));

        Assert.IsEmpty(Directory.GetFileSystemEntries(_mount).Where(entry => Path.GetFileName(entry).StartsWith("pexen", StringComparison.Ordinal)));
    }

    private string Mounts(string type, string root) => $"22 1 0:20 / /proc rw - proc proc rw\n31 22 0:26 {root} {_mount} rw,nosuid shared:9 - {type} none rw\n";
}
