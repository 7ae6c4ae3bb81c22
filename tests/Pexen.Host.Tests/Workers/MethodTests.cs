using Pexen.Execution;
using Pexen.Execution.Workers;
using Pexen.Model;

namespace Pexen.Host.Tests.Workers;

/// <summary>What goes into a method and what comes back.</summary>
[TestClass]
public sealed class MethodTests
{
    private const int Limit = 60_000;

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void Arguments_AreReadInOrderByTheInvariantCulture()
    {
        using var rig = new WorkerRig("linux");
        const string id = "6f9619ff-8b86-d011-b42d-00c04fc964ff";

        AttemptEnd typed = rig.Run("Typed", "7", "1.5", "TRUE", "friday", id, "90s", "2026-11-21T10:15:00Z");
        AttemptEnd many = rig.Run("Many", "1", "2", "3");

        Assert.IsTrue(typed.CameBack && typed.StartFailure is null, typed.ToString());
        Assert.AreEqual($"return=7 1.5 True Friday {id} 00:01:30 2026-11-21T10:15:00.0000000Z none\n", Output(rig, typed));
        Assert.AreEqual("return=1+2+3\n", Output(rig, many));
    }

    [TestMethod]
    [DataRow("Typed|seven|1.5|true|Friday|6f9619ff-8b86-d011-b42d-00c04fc964ff|90s|2026-11-21", "the argument 'seven' is no Int32 for its parameter 'number'")]
    [DataRow("Typed|7|1,5|true|Friday|6f9619ff-8b86-d011-b42d-00c04fc964ff|90s|2026-11-21", "the argument '1,5' is no Double for its parameter 'fraction'")]
    [DataRow("Typed|7|1.5|true|Someday|6f9619ff-8b86-d011-b42d-00c04fc964ff|90s|2026-11-21", "there are Sunday, Monday")]
    [DataRow("Typed|7", "takes 7 to 8 (Int32 number, Double fraction")]
    [DataRow("Nothing|one", "takes no arguments, and Arguments has 1")]
    [DataRow("Same|1", "there are 2 public static methods")]
    [DataRow("Nothink", "Did you mean 'Nothing'")]
    [Timeout(Limit, CooperativeCancellation = true)]
    [TestCategory("PX-35")]
    public void CallThatDoesNotFit_IsRefusedBeforeTheMethodRuns(string call, string said)
    {
        using var rig = new WorkerRig("linux");
        string[] parts = call.Split('|');

        AttemptEnd end = rig.Run(parts[0], parts[1..]);

        Assert.Contains(said, end.StartFailure ?? "");
        Assert.AreEqual("", rig.LogOf(end));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AssemblyThatIsNone_IsNamed()
    {
        using var rig = new WorkerRig("linux");
        File.WriteAllText(rig.PathOf("text.dll"), "no assembly");
        Launch launch = rig.Launch("Nothing");

        AttemptEnd missing = rig.Run(launch with { Work = new MethodWork(rig.PathOf("none.dll"), "A.B", []) });
        AttemptEnd text = rig.Run(launch with { Work = new MethodWork(rig.PathOf("text.dll"), "A.B", []) });
        AttemptEnd type = rig.Run(launch with { Work = ((MethodWork)launch.Work) with { Method = "Pexen.TestChild.Metods.Nothing" } });

        Assert.Contains($"'{rig.PathOf("none.dll")}' does not exist", missing.StartFailure ?? "");
        Assert.Contains("is not a .NET assembly", text.StartFailure ?? "");
        Assert.Contains("has no type 'Pexen.TestChild.Metods'. Did you mean 'Pexen.TestChild.Methods'", type.StartFailure ?? "");
    }

    [TestMethod]
    [DataRow("Throw")]
    [DataRow("ThrowLater")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void MethodThrows_TypeMessageAndStackComeBack(string method)
    {
        using var rig = new WorkerRig("linux");

        AttemptEnd end = rig.Run(method, "no such planet");

        Assert.AreEqual(new MethodFailure(MethodFailureKind.Exception, "System.InvalidOperationException", "no such planet"), end.MethodFailure! with { Stack = "" });
        Assert.StartsWith($"   at Pexen.TestChild.Methods.{method}(String message)", end.MethodFailure.Stack);
        string log = rig.LogOf(end);
        Assert.StartsWith("System.InvalidOperationException: no such planet\n   at Pexen.TestChild.Methods.Throw", log);
        Assert.DoesNotContain("Pexen.Host", log);
        Assert.IsNull(end.ExitCode);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void MethodThrowsAControlledFailureOfItsOwnAssembly_ItsFlagsComeBack()
    {
        using var rig = new WorkerRig("linux");

        MethodFailure? failure = rig.Run("Controlled", "true", "false").MethodFailure;

        Assert.AreEqual(
            new MethodFailure(MethodFailureKind.Controlled, "Pexen.ControlledFailureException", "known to be flaky") { Details = "try again", Provide = true, ReleaseLocks = false },
            failure! with { Stack = "" });
    }

    [TestMethod]
    [DataRow("Later", "return=42\n")]
    [DataRow("Texts", "return=[\"a\",\"b\"]\n")]
    [DataRow("Lines", "return<<END_\none\ntwo END\nthree\nEND_\n")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void WhatItReturns_IsTheOutputNamedReturn(string method, string lines)
    {
        using var rig = new WorkerRig("linux");

        Assert.AreEqual(lines, Output(rig, rig.Run(method)));
    }

    [TestMethod]
    [DataRow("NotCarried", "what it returned, of type System.IO.Stream+NullStream, cannot be carried", DisplayName = "PX-31")]
    [DataRow("ShareNotCarried", "the shared value 'bad', of type System.IO.Stream+NullStream, cannot be carried", DisplayName = "PX-32, PX-33")]
    [Timeout(Limit, CooperativeCancellation = true)]
    [TestCategory("PX-31")]
    [TestCategory("PX-32")]
    [TestCategory("PX-33")]
    public void WhatCannotBeCarried_FailsTheUnitAndSaysSoOnce(string method, string said)
    {
        using var rig = new WorkerRig("linux");

        AttemptEnd end = rig.Run(method);

        Assert.AreEqual(MethodFailureKind.NotCarried, end.MethodFailure?.Kind);
        Assert.Contains(said, end.MethodFailure!.Message);
        Assert.IsTrue(rig.Run("Nothing").MethodFailure is null);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void SharedValues_ComeInAndOnlyWhatChangedGoesOut()
    {
        using var rig = new WorkerRig("linux");
        File.WriteAllText(rig.PathOf("shared.json"), """{"wtype":"Silicate","kept":"as it was"}""");

        AttemptEnd end = rig.Run("Share", "key");
        AttemptEnd bad = rig.Run("Share", "a=b");

        Assert.AreEqual("wtype=Silicate again\nkey=new\n", Output(rig, end));
        Assert.Contains("the key 'a=b'", bad.MethodFailure!.Message);
    }

    private static string Output(WorkerRig rig, AttemptEnd end) => File.ReadAllText(rig.PathOf($"{end.Unit}.output"));
}
