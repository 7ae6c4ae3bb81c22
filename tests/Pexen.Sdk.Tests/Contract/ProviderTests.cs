using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Contract;

/// <summary>Rules 4, 5 and 8 from a project file: providers on demand, and what <c>PexenPlan</c> says about them.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed class ProviderTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void ProvidersOnDemand_RunWhereTheyAreRequired_AndThePlanSaysWhy()
    {
        const string Project = "store/store.proj";
        Sandbox.WithUnits(Project, """
            <PexenUnit Include="sqlite" OnDemand="true" Provides="db 3.40" Command="echo sqlite" />
            <PexenUnit Include="pg16" OnDemand="true" Provides="db 16.3" Requires="disk" Command="echo pg" />
            <PexenUnit Include="disk" OnDemand="true" Executable="/bin/true" />
            <PexenUnit Include="tool" OnDemand="true" Phase="BeforeBuild" Executable="/bin/true" />
            <PexenUnit Include="app" Requires="db" RequiresAny="cache|db [3,4)|db" Executable="/bin/true" />
            """);

        BuildRun build = Sandbox.MSBuild(Project).Succeeded();
        Assert.AreEqual("pg16 Succeeded, disk Succeeded, app Succeeded", string.Join(", ", build.Units("store", "AfterBuild")));
        Assert.StartsWith("Pexen AfterBuild: 3 units, ", build.Summaries.Single(), "no run for a phase of which nobody asks anything");
        Assert.IsFalse(Directory.Exists(Sandbox["store/obj/pexen/Debug/BeforeBuild/logs"]));
        Assert.IsFalse(File.Exists(Sandbox["store/obj/pexen/Debug/BeforeBuild/run.json"]));

        BuildRun plan = Sandbox.MSBuild(Project, "-t:PexenPlan").Succeeded();
        Assert.Contains("db: pg16 16.3; not sqlite 3.40, lower version", plan.Output);
        Assert.Contains("cache|db [3,4)|db: pg16 16.3; ", plan.Output);
        Assert.Contains("nothing here provides cache", plan.Output);
        Assert.Contains("\"db: pg16 16.3; not sqlite 3.40, lower version\"", File.ReadAllText(Sandbox["store/obj/pexen/Debug/AfterBuild/plan.json"]));

        BuildRun chosen = Sandbox.MSBuild(Project, "-t:PexenRun", "-p:PexenUnits=sqlite%3Bapp").Succeeded();
        Assert.AreEqual("sqlite Succeeded, app Succeeded", string.Join(", ", chosen.Units("store", "AfterBuild")), "what is named is planned, and then nothing better is needed");
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void Groups_ArePartOfThePlan()
    {
        Sandbox.WithUnits("groups/groups.proj", """
            <PexenGroup Include="lab" Exclusive="true" MaxParallel="2" />
            <PexenGroup Include="vm" Group="LAB" MaxParallel="1" />
            <PexenUnit Include="one" Group="VM" Executable="/bin/true" />
            """);

        BuildRun plan = Sandbox.MSBuild("groups/groups.proj", "-t:PexenPlan").Succeeded();
        Assert.Contains("vm, in lab, at most 1 at a time", plan.Output);
        Assert.Contains("\"exclusive\": true", File.ReadAllText(Sandbox["groups/obj/pexen/Debug/AfterBuild/plan.json"]));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void UnitOfALaterPhase_BringsInAProviderOnDemandOfAnEarlierOne()
    {
        Sandbox.WithUnits("late/late.proj", """
            <PexenUnit Include="node" OnDemand="true" Phase="BeforeBuild" Provides="js 20.1" Executable="/bin/true" />
            <PexenUnit Include="deno" OnDemand="true" Phase="BeforeBuild" Provides="js 2.0" Executable="/bin/true" />
            <PexenUnit Include="site" Requires="js [2,)" Executable="/bin/true" />
            """);

        BuildRun build = Sandbox.MSBuild("late/late.proj").Succeeded();
        Assert.AreEqual("node Succeeded", string.Join(", ", build.Units("late", "BeforeBuild")));
        Assert.AreEqual("site Succeeded", string.Join(", ", build.Units("late", "AfterBuild")));
    }
}
