using System.Text.Json;
using Pexen.Execution;
using Pexen.Execution.Exchange;
using Pexen.Model;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>Rules 4, 19, 29 and 31 in a run: who writes what, who sees it, what is recorded.</summary>
[TestClass]
public sealed class ValueHandoverTests : IDisposable
{
    private readonly Stage _stage = new();

    /// <summary>What each unit writes, by its name: variable and text.</summary>
    private readonly Dictionary<string, (string Variable, string Text)[]> _writes = [];

    /// <summary>What each unit saw at its start.</summary>
    private readonly Dictionary<string, Dictionary<string, string>> _variables = [];
    private readonly Dictionary<string, string> _shared = [];
    private SharedPreset[] _presets = [];

    [TestMethod]
    [TestCategory("PX-23")]
    public void ProviderWritesAKeyAndTheDependentAnother_EachRecordHasItsOwnAndTheNextSeesBoth()
    {
        _stage.With("a").With("b", requires: "a").With("c", requires: "b");
        Writes("a", "one=1");
        Writes("b", "two=2");

        Play();

        Assert.AreEqual("""{"one":"1"}""", _shared["b"]);
        Assert.AreEqual("""{"one":"1","two":"2"}""", _shared["c"]);
        Assert.AreEqual("1", _variables["c"]["PEXEN_SHARED_ONE"]);
        Assert.AreEqual("two=2", Recorded("b"));
        Assert.IsFalse(Directory.Exists(_stage.Folder.Work), "nothing of it outlives the run");
    }

    [TestMethod]
    [TestCategory("PX-24")]
    public void PresetsOverwrittenByTwoUnits_NeitherSeesTheOthers()
    {
        _stage.With("a").With("b").With("after-a", requires: "a").With("after-b", requires: "b");
        _presets = [new SharedPreset("x", "0", false), new SharedPreset("y", "0", false)];
        Writes("a", "x=a");
        Writes("b", "y=b");

        Play();

        Assert.AreEqual("""{"x":"0","y":"0"}""", _shared["a"]);
        Assert.AreEqual("""{"x":"a","y":"0"}""", _shared["after-a"]);
        Assert.AreEqual("""{"x":"0","y":"b"}""", _shared["after-b"]);
    }

    [TestMethod]
    [TestCategory("PX-R2")]
    [DataRow("writer", "idle")]
    [DataRow("idle", "writer")]
    public void UntouchedPreset_NeverOverwritesWhoeverEndsLast(string first, string second)
    {
        _stage.With(first).With(second).With("c", requires: $"{first};{second}");
        _presets = [new SharedPreset("x", "preset", false)];
        Writes("writer", "x=written");

        Play();

        Assert.AreEqual("""{"x":"written"}""", _shared["c"]);
        Assert.IsEmpty(_stage.Diagnostics);
    }

    [TestMethod]
    [TestCategory("PX-T8")]
    [TestCategory("PX-27")]
    public void UnitFails_WhatItWroteIsRecordedAndNotHandedOn()
    {
        _stage.With("a").With("b", requires: "a").With("c", requires: "~a");
        Writes("a", "x=1");
        _stage.Executor.Let("a", 1);

        Play();

        Assert.AreEqual("x=1", Recorded("a"));
        Assert.AreEqual("Skipped", _stage.Unit("b").Outcome);
        Assert.AreEqual("{}", _shared["c"]);
        Assert.IsFalse(EndOf("a").GetProperty("provided").GetBoolean());
    }

    [TestMethod]
    [TestCategory("PX-28")]
    public void UnitFailsInAControlledWay_WhatItWroteIsHandedOn()
    {
        _stage.With("a", unit => unit with { ControlledExitCodes = new ExitCodes([new ExitCodeRange(3, 3)]) }).With("b", requires: "a");
        Writes("a", "x=1");
        _stage.Executor.Let("a", 3);

        Play();

        Assert.AreEqual("""{"x":"1"}""", _shared["b"]);
        Assert.IsTrue(EndOf("a").GetProperty("provided").GetBoolean());
    }

    [TestMethod]
    public void OnlyAfterAUnit_NothingIsInherited()
    {
        _stage.With("a").With("b", requires: "~a");
        Writes("a", "x=1");

        Play();

        Assert.AreEqual("{}", _shared["b"]);
    }

    [TestMethod]
    public void RequiresAny_ValuesComeFromThoseThatHadProvidedAndTheRecordSaysWhich()
    {
        _stage.With("slow").With("quick").With("c", requires: "?slow;?quick");
        Writes("slow", "x=slow");
        Writes("quick", "x=quick");
        _stage.Executor.Let("slow", TimeSpan.FromSeconds(5), new AttemptEnd { Unit = 0, ExitCode = 0 });

        Play();

        Assert.AreEqual("""{"x":"quick"}""", _shared["c"]);
        Assert.AreEqual("slow False, quick True", string.Join(", ", _stage.Unit("c").DependsOn.Select(one => $"{one.Unit} {one.Provided}")));
    }

    [TestMethod]
    public void UnorderedWriters_TheProviderDeclaredLastWinsWithAWarning()
    {
        _stage.With("a").With("b").With("c", requires: "b;a").With("d", requires: "c");
        Writes("a", "x=a");
        Writes("b", "x=b");

        Play();

        Assert.AreEqual("""{"x":"b"}""", _shared["c"]);
        Diagnostic warning = _stage.Diagnostics.Single(one => one.Code == "PEX4006");
        Assert.AreEqual("c", warning.Unit, "said once, where it happened");
        StringAssert.Contains(warning.Message, "'b' counts", StringComparison.Ordinal);
    }

    [TestMethod]
    public void ValuesAndVariables_PassThroughMilestones()
    {
        _stage.With("a").With("m", unit => unit with { Work = new MilestoneWork() }, requires: "a").With("c", requires: "m");
        Writes("a", "x=1");
        _writes["a"] = [.. _writes["a"], ("PEXEN_ENV", "TOOL=/opt/tool\nPEXEN_UNIT=z\nA B=c\n")];

        Play();

        Assert.AreEqual("""{"x":"1"}""", _shared["c"]);
        Assert.AreEqual("/opt/tool", _variables["c"]["TOOL"]);
        Diagnostic warning = _stage.Diagnostics.Single();
        Assert.AreEqual("PEX4009", warning.Code);
        StringAssert.Contains(warning.Message, "2 lines to PEXEN_ENV", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Secret_IsAVariableAndIsWrittenNowhere()
    {
        _stage.With("a").With("b", requires: "a");
        _presets = [new SharedPreset("token", "s3cr3t-value", true), new SharedPreset("open", "1", false)];
        _writes["a"] =
        [
            ("PEXEN_OUTPUT", "url=https://s3cr3t-value@host\nbad s3cr3t-value line\ntoken=another-secret\n"),
            ("PEXEN_RESULTS", """{"name":"n","status":"pass","note":"s3cr3t-value"}"""),
        ];

        Play();

        Assert.AreEqual("s3cr3t-value", _variables["a"]["PEXEN_SHARED_TOKEN"]);
        Assert.AreEqual("another-secret", _variables["b"]["PEXEN_SHARED_TOKEN"]);
        Assert.AreEqual("""{"open":"1"}""", _shared["a"]);
        Assert.AreEqual("""{"open":"1","url":"https://***@host"}""", _shared["b"]);
        Assert.AreEqual("token=*** url=https://***@host", Recorded("a"));
        Assert.AreEqual("***", _stage.Unit("a").Results.Single().Note);
        string written = string.Concat(Directory.EnumerateFiles(_stage.Folder.Path, "*", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.IsFalse(written.Contains("s3cr3t", StringComparison.Ordinal) || written.Contains("another-secret", StringComparison.Ordinal), written);
        Assert.IsTrue(_stage.Executor.Started.TrueForAll(launch => launch.Mask is not null));
    }

    [TestMethod]
    public void LargeValueAndCollidingKeys_GetNoVariableAndAreInTheFile()
    {
        string large = new('x', 10_000_000);
        _stage.With("a").With("b", requires: "a").With("c", requires: "b");
        Writes("a", $"large={large}\na.b=1\na-b=2");

        Play();

        using var shared = JsonDocument.Parse(_shared["c"]);
        Assert.AreEqual(large, shared.RootElement.GetProperty("large").GetString());
        Assert.AreEqual(0, _variables["c"].Keys.Count(name => name.StartsWith("PEXEN_SHARED_", StringComparison.Ordinal)));
        Assert.AreEqual("PEX4007 PEX4007", string.Join(' ', _stage.Diagnostics.Select(one => one.Code)), "once for the large one and once for the two");
        Assert.AreEqual(large, _stage.Unit("a").Shared["large"]);
    }

    [TestMethod]
    public void SideFileBeyondTheLimit_FailsTheUnitByName()
    {
        _stage.With("a").With("b", requires: "a");
        _stage.Executor.OnStart = launch =>
        {
            if (launch.Name == "a")
            {
                using FileStream file = File.Create(launch.Environment.Single(one => one.Key == "PEXEN_OUTPUT").Value);
                file.SetLength(SideFile.Largest + 1);
            }
        };

        _stage.Play();

        Assert.AreEqual("PEX3013", _stage.Unit("a").Code);
        Assert.AreEqual("Skipped", _stage.Unit("b").Outcome);
        StringAssert.Contains(_stage.Diagnostics.First().Message, "PEXEN_OUTPUT", StringComparison.Ordinal);
    }

    [TestMethod]
    public void ResultsOfAFailedUnit_AreKeptInOrder()
    {
        _stage.With("a");
        _writes["a"] = [("PEXEN_RESULTS", "{\"name\":\"z\",\"status\":\"pass\"}\noops\n{\"name\":\"b\",\"status\":\"fail\",\"note\":\"why\",\"files\":[\"f\"]}")];
        _stage.Executor.Let("a", 1);

        Play();

        Assert.AreEqual("z:pass b:fail", string.Join(' ', _stage.Unit("a").Results.Select(one => $"{one.Name}:{one.Status}")));
        StringAssert.Contains(_stage.Diagnostics.Single(one => one.Code == "PEX4009").Message, "line 2 ('oops')", StringComparison.Ordinal);
    }

    [TestMethod]
    public void WhatALostRunLeftBehind_IsGoneBeforeTheNextBegins()
    {
        Directory.CreateDirectory(_stage.Folder.Work);
        File.WriteAllText(Path.Combine(_stage.Folder.Work, "a.1.output"), "old=1");
        _stage.With("a").With("b", requires: "a");

        Play();

        Assert.AreEqual("{}", _shared["b"]);
    }

    [TestMethod]
    public void UnitsThatInheritTheSame_ShareOneFile()
    {
        _stage.With("a").With("b");
        for (int i = 0; i < 30; i++)
        {
            _stage.With($"c{i}", requires: "a;b");
        }

        Writes("a", "x=1");
        Writes("b", "y=1");

        Play();

        Assert.HasCount(1, Enumerable.Range(0, 30).Select(number => _variables[$"c{number}"]["PEXEN_SHARED"]).Distinct());
    }

    public void Dispose() => _stage.Dispose();

    private void Writes(string unit, string output) => _writes[unit] = [("PEXEN_OUTPUT", output)];

    private void Play()
    {
        _stage.Executor.OnStart = launch =>
        {
            _variables[launch.Name] = launch.Environment.ToDictionary(one => one.Key, one => one.Value);
            _shared[launch.Name] = File.ReadAllText(_variables[launch.Name]["PEXEN_SHARED"]).TrimEnd();
            foreach ((string variable, string text) in _writes.GetValueOrDefault(launch.Name, []))
            {
                File.AppendAllText(_variables[launch.Name][variable], text);
            }
        };
        _stage.Play(request => request with { Plan = request.Plan with { Presets = [.. _presets] } });
    }

    private string Recorded(string unit) => string.Join(' ', _stage.Unit(unit).Shared.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}={one.Value}"));

    private JsonElement EndOf(string unit) =>
        _stage.Events().Single(one => one.GetProperty("event").GetString() == "end" && one.GetProperty("unit").GetString() == unit);
}
