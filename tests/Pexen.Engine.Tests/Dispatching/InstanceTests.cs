using Pexen.Execution;
using Pexen.Model;
using Pexen.RecordChecking;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>Rule 13: which instances of a counted resource a unit is handed, and that it is told.</summary>
[TestClass]
public sealed class InstanceTests : IDisposable
{
    private readonly Stage _stage = new();

    private BusyElsewhere? _elsewhere;

    private ResourceDefinition _resource = new("gpu", 3) { Instances = ["0", "1", "2"] };

    [TestMethod]
    public void UnitsBesideEachOther_HaveTheFirstThatAreFree()
    {
        Uses("long", "gpu").Uses("short", "gpu").Uses("third", "gpu").Uses("fourth", "gpu");
        Takes("long", 9);
        Takes("short", 1);
        Takes("third", 5);

        Play();

        Assert.AreEqual("long 0, short 1, third 2, fourth 1", HandedOut());
        Assert.AreEqual("1", VariableOf("fourth", "PEXEN_RESOURCE_GPU"));
    }

    [TestMethod]
    public void SeveralTokensAndClaims_HaveAsManyInTheOrderOfDeclaration()
    {
        _resource = _resource with { Instances = ["blue", "amber", "coral"] };
        Uses("one", "gpu").Uses("two", "GPU*2").Claims("all", "gpu");

        Play();

        Assert.AreEqual("one blue, two amber;coral, all blue;amber;coral", HandedOut());
        Assert.AreEqual("amber;coral", VariableOf("two", "PEXEN_RESOURCE_GPU"));
        Assert.AreEqual("blue;amber;coral", VariableOf("all", "PEXEN_RESOURCE_GPU"));
    }

    [TestMethod]
    [DataRow("gpu", "PEXEN_RESOURCE_GPU")]
    [DataRow("lab/gpu-x", "PEXEN_RESOURCE_LAB_GPU_X")]
    [DataRow("größe 2", "PEXEN_RESOURCE_GR__E_2")]
    public void Variable_IsNamedAfterTheResource(string resource, string variable)
    {
        _resource = new ResourceDefinition(resource, 1) { Instances = ["a"] };
        Uses("one", resource);

        Play();

        Assert.AreEqual("a", VariableOf("one", variable));
    }

    [TestMethod]
    public void InstanceThatAnotherUnitNames_IsHandedOutLast()
    {
        Uses("any", "gpu").Uses("another", "gpu").Uses("named", "gpu/0").Uses("rest", "gpu");
        Takes("any", 9);
        Takes("another", 9);
        Takes("named", 9);

        Play();

        Assert.AreEqual("any 1, another 2, named , rest 0", HandedOut(), "there is no other for the last");
        Assert.AreEqual("0", VariableOf("named", "PEXEN_RESOURCE_GPU"));
    }

    [TestMethod]
    public void InstancesNamedByOneUnit_AreToldTogether()
    {
        Claims("some", "gpu/2", "GPU/0");

        Play();

        Assert.AreEqual("0;2", VariableOf("some", "PEXEN_RESOURCE_GPU"));
        Assert.AreEqual("some ", HandedOut(), "the hold names it");
    }

    [TestMethod]
    public void ClaimOfAnInstance_WaitsForUsersOfTheResource()
    {
        Uses("user", "gpu").Claims("claimer", "gpu/2");

        Play();

        string events = string.Join(", ", _stage.EventNames());
        Assert.IsLessThan(events.IndexOf("start claimer", StringComparison.Ordinal), events.IndexOf("end user", StringComparison.Ordinal), events);
    }

    [TestMethod]
    public void UnitCrashes_ItsInstanceIsNeverHandedOutAgain()
    {
        Uses("crash", "gpu").Uses("next", "gpu").Uses("whole", "gpu*3");
        _stage.Executor.Let("crash", TimeSpan.FromSeconds(1), new AttemptEnd { Unit = 0, Signal = 11 });
        Takes("next", 3);
        Uses("last", "gpu*2", requires: "next");

        Play(slots: 1);

        Assert.AreEqual("crash 0, next 1, last 1;2", HandedOut());
        Assert.AreEqual("Skipped", _stage.Unit("whole").Outcome, "rule 17a");
    }

    [TestMethod]
    public void AnotherRunDoesNotAgreeAboutTheResource_ItsUsersFailAndTheOthersRun()
    {
        Uses("one", "gpu").Uses("two", "gpu");
        _stage.With("free");
        _elsewhere = new BusyElsewhere(0) { Disagreement = "they do not agree" };

        Play();

        Assert.AreEqual("PEX3003 PEX3003 ", string.Join(' ', _stage.Record.Units.Select(unit => unit.Code)));
        Assert.AreEqual("free", _stage.Executor.Started.Single().Name);
        Assert.Contains("they do not agree", _stage.Diagnostics.First().Message);
    }

    [TestMethod]
    public void ResourceWithoutInstances_HasNoVariable()
    {
        _resource = new ResourceDefinition("gpu", 3);
        Uses("one", "gpu");

        Play();

        Assert.AreEqual("one ", HandedOut());
        Assert.IsFalse(_stage.Executor.Started.Single().Environment.Any(variable => variable.Key.StartsWith("PEXEN_RESOURCE_", StringComparison.Ordinal)));
    }

    public void Dispose() => _stage.Dispose();

    private InstanceTests Uses(string unit, string use, string? requires = null)
    {
        string[] parts = use.Split('*');
        ResourceUse held = new(parts[0], parts.Length == 1 ? 1 : parts[1][0] - '0');
        _stage.With(unit, one => one with { Uses = [held] }, requires);
        return this;
    }

    private InstanceTests Claims(string unit, params string[] claims)
    {
        _stage.With(unit, one => one with { Claims = [.. claims] });
        return this;
    }

    private void Takes(string unit, int seconds) => _stage.Executor.Let(unit, TimeSpan.FromSeconds(seconds), new AttemptEnd { Unit = 0, ExitCode = 0 });

    private void Play(int slots = 8)
    {
        _stage.Play(request => request with { MaxParallel = slots, Plan = request.Plan with { Resources = [_resource, .. Others(request)] } }, _elsewhere);
        string complaints = string.Join('\n', RecordCheck.Text(File.ReadAllText(_stage.Folder.Record), File.ReadAllLines(_stage.Folder.Events)));
        Assert.AreEqual("", complaints);
    }

    private IEnumerable<ResourceDefinition> Others(RunRequest request) =>
        request.Plan.Resources.Where(other => !other.Name.Equals(_resource.Name, StringComparison.OrdinalIgnoreCase));

    private string HandedOut() => string.Join(", ", _stage.Events().Where(one => one.GetProperty("event").GetString() == "start").Select(start =>
        $"{start.GetProperty("unit")} {string.Join(';', start.GetProperty("holds").EnumerateArray().SelectMany(hold => hold.GetProperty("instances").EnumerateArray()))}"));

    private string VariableOf(string unit, string name) =>
        _stage.Executor.Started.Single(launch => launch.Name == unit).Environment.Single(variable => variable.Key == name).Value;
}
