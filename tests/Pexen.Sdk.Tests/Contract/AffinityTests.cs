using System.Text.Json;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Contract;

/// <summary>Contract 2.9: processors.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed class AffinityTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void EachSlotHasItsOwnProcessors_UnitsBeginOnThem_AndTheRecordSaysWhich()
    {
        Sandbox.WithUnits(
            "bound/bound.proj",
            """
            <PexenUnit Include="one" Command="grep Cpus_allowed_list /proc/self/status; sleep 1" />
            <PexenUnit Include="two" Command="grep Cpus_allowed_list /proc/self/status; sleep 1" />
            <PexenUnit Include="wide" Command="grep Cpus_allowed_list /proc/self/status" Slots="99" After="one;two" />
            <PexenUnit Include="milestone" Requires="wide" />
            """,
            "<PexenAffinity>Thread</PexenAffinity>");

        RecordedRun run = Sandbox.MSBuild("bound/bound.proj").Succeeded().Run("bound", "AfterBuild");

        Assert.AreEqual("Thread", run.Json.GetProperty("affinity").GetString());
        Assert.AreEqual(Environment.ProcessorCount, run["wide"].GetProperty("processors").GetArrayLength());
        foreach (string unit in new[] { "one", "two" })
        {
            JsonElement own = run[unit].GetProperty("processors");
            Assert.AreEqual(1, own.GetArrayLength());
            Assert.AreEqual($"{own[0].GetInt32()}", run.LogOf(unit).Split(':')[1].Trim());
        }
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void MoreSlotsThanProcessors_AreAnErrorBeforeAnythingStarts()
    {
        Sandbox.WithUnits("many/many.proj", """<PexenUnit Include="a" Command="echo ran &gt; started" />""", "<PexenAffinity>Core</PexenAffinity><PexenMaxParallel>5000</PexenMaxParallel>");

        BuildRun build = Sandbox.MSBuild("many/many.proj").Failed("PEX1006");

        Assert.Contains("PexenMaxParallel is 5000, but there", build.Output);
        Assert.IsFalse(File.Exists(Sandbox["many/started"]));
    }
}
