using Pexen.Planning;
using static Pexen.Engine.Tests.Planning.Declare;

namespace Pexen.Engine.Tests.Planning;

[TestClass]
public sealed class AskedPhaseTests
{
    [TestMethod]
    [DataRow("mine3", "Mine3")]
    [DataRow(" MINE3 ", "Mine3")]
    [DataRow("afterbuild", "AfterBuild")]
    [DataRow("AfterPack", "AfterPack", DisplayName = "A standard phase need not have units")]
    public void PhaseOfUnits_IsSpeltAsFirstDeclared(string text, string name)
    {
        Assert.IsNull(Read(text, out AskedPhase asked));
        Assert.AreEqual(new AskedPhase(name, null), asked);
    }

    [TestMethod]
    [DataRow("AfterBuidl", "Pexen AfterBuidl: no unit has this phase; did you mean AfterBuild?")]
    [DataRow("mien3", "Pexen mien3: no unit has this phase; did you mean Mine3?")]
    [DataRow("Something", "Pexen Something: no unit has this phase")]
    public void PhaseOfNoUnit_IsToldWithTheNearest(string text, string says)
    {
        Assert.IsNull(Read(text, out AskedPhase asked));
        Assert.AreEqual(says, asked.Unknown);
    }

    [TestMethod]
    [DataRow("Bad Phase")]
    [DataRow("BeforeBuild;AfterBuild")]
    [DataRow("../x")]
    public void MalformedPhase_IsRefused(string text) => Assert.Contains("Allowed are", Read(text, out _)!);

    private static string? Read(string text, out AskedPhase asked) =>
        AskedPhase.Read(text, [Unit("a"), Unit("b", ("Phase", "AfterTest; Mine3 ")), Unit("c", ("Phase", "MINE3"))], out asked);
}
