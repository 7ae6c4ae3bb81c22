using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Contract;

/// <summary>Contract 2.2 and 2.3: order and resources. That the rules were kept is proved by the checker from the record; here is shown that they had something to do.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed class OrderTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void OneSlot_StartsByPriorityThenLongestPathThenDeclaration()
    {
        Sandbox.WithUnits(
            "order/order.proj",
            """
            <PexenUnit Include="plain1" Executable="/bin/true" />
            <PexenUnit Include="plain2" Executable="/bin/true" />
            <PexenUnit Include="last" Executable="/bin/true" Requires="lib [1,2)" />
            <PexenUnit Include="lib-new" Executable="/bin/true" Provides="lib 2.0" />
            <PexenUnit Include="lib-old" Executable="/bin/true" Provides="lib 1.5" />
            <PexenUnit Include="lib-pre" Executable="/bin/true" Provides="lib 1.6-beta" />
            <PexenUnit Include="urgent" Executable="/bin/true" Priority="-5" />
            <PexenUnit Include="lazy" Executable="/bin/true" Priority="10" />
            """,
            "<PexenMaxParallel>1</PexenMaxParallel><PexenHistory>false</PexenHistory>");

        RecordedRun run = Sandbox.MSBuild("order/order.proj").Succeeded().Run("order", "AfterBuild");

        Assert.AreEqual("urgent lib-old plain1 plain2 last lib-new lib-pre lazy", string.Join(' ', run.Order("start")));
        Assert.AreEqual("lib-old", string.Join(' ', run["last"].GetProperty("dependsOn").EnumerateArray().Select(one => one.GetProperty("unit").GetString())));
        Assert.IsFalse(run.Json.GetProperty("history").GetBoolean());
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void RequirementsAndResources_AreKeptByUnitsThatReallyRunBesideEachOther()
    {
        const string Meet = "touch $PEXEN_UNIT.here; until [ -e OTHER.here ]; do sleep 0.05; done";
        Sandbox.WithUnits(
            "beside/beside.proj",
            $"""
            <PexenResource Include="gpu" Capacity="2" />
            <PexenUnit Include="reader1" Uses="db" Timeout="60s" Command="{Meet.Replace("OTHER", "reader2", StringComparison.Ordinal)}" />
            <PexenUnit Include="reader2" Uses="db" Timeout="60s" Command="{Meet.Replace("OTHER", "reader1", StringComparison.Ordinal)}" />
            <PexenUnit Include="writer" Claims="db/table" Executable="/bin/true" />
            <PexenUnit Include="writer2" Claims="DB" Executable="/bin/true" />
            <PexenUnit Include="gpu1" Uses="gpu" Executable="/bin/sleep" Arguments="0.1" />
            <PexenUnit Include="gpu2" Uses="gpu" Executable="/bin/sleep" Arguments="0.1" />
            <PexenUnit Include="gpu-all" Uses="gpu*2" Executable="/bin/sleep" Arguments="0.1" />
            <PexenUnit Include="gpu-claim" Claims="gpu" Executable="/bin/sleep" Arguments="0.1" />
            <PexenUnit Include="wide" Slots="3" After="reader1;reader2;any" Command="echo $PEXEN_SLOTS" />
            <PexenUnit Include="slow" Provides="either" Timeout="60s" Command="until [ -e first-was-enough ]; do sleep 0.05; done" />
            <PexenUnit Include="fast" Provides="either" Executable="/bin/true" />
            <PexenUnit Include="any" RequiresAny="either;nothing-here|fast" Executable="/usr/bin/touch" Arguments="first-was-enough" />
            <PexenUnit Include="fails" Command="exit 3" ContinueOnError="true" />
            <PexenUnit Include="after" After="fails;not-in-the-plan" Executable="/bin/true" />
            <PexenUnit Include="everything" Requires="either" Executable="/bin/true" />
            """,
            "<PexenMaxParallel>3</PexenMaxParallel>");

        BuildRun build = Sandbox.MSBuild("beside/beside.proj").Succeeded();
        RecordedRun run = build.Run("beside", "AfterBuild");

        Assert.IsTrue(run.Overlapped("reader1", "reader2"));
        Assert.IsFalse(run.Overlapped("writer", "reader1"));
        Assert.IsFalse(run.Overlapped("writer", "writer2"), "a resource covers what is below it, without case");
        Assert.AreEqual("3\n", run.LogOf("wide"));
        Assert.IsLessThan(run.Sequence("end", "slow"), run.Sequence("start", "any"));
        Assert.IsGreaterThan(run.Sequence("end", "slow"), run.Sequence("start", "everything"));
        Assert.IsGreaterThan(run.Sequence("end", "fails"), run.Sequence("start", "after"));
        Assert.AreEqual("Succeeded", run.OutcomeOf("after"));
    }
}
