using System.Text.Json;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Contract;

/// <summary>Rule 28 from a project file. That the rules were kept is proved by the checker from the record; here is shown that the units really met.</summary>
[TestClass]
[TestCategory("EndToEnd")]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class GroupTests : EndToEnd
{
    private const string Alone = "sleep 0.1";

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void GroupOfWidthTwo_NeverRunsThreeAndLetsOthersPast()
    {
        Sandbox.WithUnits(
            "width/width.proj",
            $"""
            <PexenGroup Include="vm" MaxParallel="2" />
            {Unit("v1", "VM", Meet("v1", "v2", "o1", "o2"))}
            {Unit("v2", "vm", Meet("v1", "v2", "o1", "o2"))}
            {Unit("v3", "vm", Alone)}{Unit("v4", "vm", Alone)}{Unit("v5", "vm", Alone)}{Unit("v6", "vm", Alone)}
            {Unit("o1", null, Meet("v1", "v2", "o1", "o2"))}
            {Unit("o2", null, Meet("v1", "v2", "o1", "o2"))}
            """,
            "<PexenMaxParallel>4</PexenMaxParallel>");

        RecordedRun run = Sandbox.MSBuild("width/width.proj").Succeeded().Run("width", "AfterBuild");

        Assert.AreEqual(2, MostAtOnce(run, "v1", "v2", "v3", "v4", "v5", "v6"));
        Assert.AreEqual("v1 v2 o1 o2 v3 v4 v5 v6", string.Join(' ', run.Order("start")));
        Assert.AreEqual(
            """[{"name":"vm","maxParallel":2,"exclusive":false,"group":null,"members":6,"timeoutMs":null,"outcome":"Succeeded","succeeded":6,"failed":0,"timedOut":0,"skipped":0,"cancelled":0,"hooks":[]}]""",
            JsonSerializer.Serialize(run.Json.GetProperty("groups")));
        Assert.AreEqual("vm", run["v1"].GetProperty("group").GetString(), "as it was declared");
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void ExclusiveGroup_HasTheMachineToItselfAndItsOwnNumberOfSlots()
    {
        Sandbox.WithUnits(
            "alone/alone.proj",
            $"""
            <PexenGroup Include="bench" Exclusive="true" MaxParallel="3" />
            {Unit("o1", null, Meet("o1", "o2"))}
            {Unit("o2", null, Meet("o1", "o2"))}
            {Unit("x1", "bench", Meet("x1", "x2", "x3"))}
            {Unit("x2", "bench", Meet("x1", "x2", "x3"))}
            {Unit("x3", "bench", Meet("x1", "x2", "x3"))}
            {Unit("x4", "bench", Alone, "Requires=\"x3\"")}
            {Unit("wide", "bench", "echo $PEXEN_SLOTS", "Slots=\"3\"")}
            {Unit("o3", null, Alone)}
            """,
            "<PexenMaxParallel>2</PexenMaxParallel>");

        RecordedRun run = Sandbox.MSBuild("alone/alone.proj").Succeeded().Run("alone", "AfterBuild");

        Assert.AreEqual(3, MostAtOnce(run, "x1", "x2", "x3", "x4", "wide"), "the slots of the group, not those of the project");
        Assert.AreEqual("1 2 3", string.Join(' ', new[] { "x1", "x2", "x3" }.Select(unit => run[unit].GetProperty("slot").GetInt32()).Order()));
        Assert.AreEqual("3\n", run.LogOf("wide"), "as wide as its group lets it be");
        AssertApart(run, ["o1", "o2", "o3"], ["x1", "x2", "x3", "x4", "wide"]);
        Assert.AreEqual("o3", run.Order("start")[^1], "the group is kept while a member is ready");
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void ExclusiveGroupWithoutANumber_RunsAsManyBesideEachOtherAsTheProject()
    {
        Sandbox.WithUnits(
            "plain/plain.proj",
            $"""
            <PexenGroup Include="bench" Exclusive="true" />
            {Unit("o1", null, Alone)}
            {Unit("x1", "bench", Meet("x1", "x2"))}
            {Unit("x2", "bench", Meet("x1", "x2"))}
            {Unit("x3", "bench", Alone)}
            """,
            "<PexenMaxParallel>2</PexenMaxParallel>");

        RecordedRun run = Sandbox.MSBuild("plain/plain.proj").Succeeded().Run("plain", "AfterBuild");

        Assert.AreEqual(2, MostAtOnce(run, "x1", "x2", "x3"));
        AssertApart(run, ["o1"], ["x1", "x2", "x3"]);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void GroupWithCommands_TheyRunAroundItsUnitsAndAreInTheRecord()
    {
        Sandbox.WithUnits(
            "hooked/hooked.proj",
            $"""
            <PexenGroup Include="db" OnStarted="echo begin $PEXEN_GROUP &gt;&gt; told; test -n &quot;$PEXEN_RUN_ID&quot;" OnSucceeded="echo good &gt;&gt; told" OnFinished="echo end $PEXEN_GROUP_OUTCOME | tee -a told" />
            <PexenUnit Include="one" Command="echo one &gt;&gt; told" Group="db" />
            <PexenUnit Include="two" Command="echo two &gt;&gt; told" Group="db" After="one" />
            """);

        RecordedRun run = Sandbox.MSBuild("hooked/hooked.proj").Succeeded().Run("hooked", "AfterBuild");

        Assert.AreEqual("begin db\none\ntwo\ngood\nend Succeeded\n", File.ReadAllText(Sandbox["hooked/told"]));
        JsonElement group = run.Json.GetProperty("groups")[0];
        Assert.AreEqual("OnStarted OnSucceeded OnFinished", string.Join(' ', group.GetProperty("hooks").EnumerateArray().Select(hook => hook.GetProperty("hook"))));
        Assert.AreEqual("end Succeeded\n", File.ReadAllText(Sandbox[$"hooked/obj/pexen/Debug/AfterBuild/{group.GetProperty("hooks")[2].GetProperty("log")}"]));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void OnStartedFails_ItsUnitsAreSkippedAndTheBuildSaysWhy()
    {
        Sandbox.WithUnits(
            "closed/closed.proj",
            """
            <PexenGroup Include="db" OnStarted="echo no device is free; exit 3" OnFinished="touch finished" />
            <PexenUnit Include="one" Group="db" />
            <PexenUnit Include="other" Command="true" />
            """);

        BuildRun build = Sandbox.MSBuild("closed/closed.proj").Failed("PEX3014");

        Assert.Contains("Group 'db': OnStarted failed with exit code 3. Its units are skipped.", build.Output);
        Assert.Contains("no device is free", build.Output);
        Assert.AreEqual(Sandbox.LineOf("closed/closed.proj", "PexenGroup"), build.Diagnostics.First(one => one.Code == "PEX3014").Line);
        Assert.AreEqual(
            Sandbox.LineOf("closed/closed.proj", "PexenGroup"),
            build.Run("closed", "AfterBuild").Json.GetProperty("diagnostics").EnumerateArray().First(one => one.GetProperty("code").GetString() == "PEX3014").GetProperty("line").GetInt32());
        Assert.AreEqual("one Skipped, other Succeeded", string.Join(", ", build.Units("closed", "AfterBuild")));
        Assert.IsTrue(File.Exists(Sandbox["closed/finished"]));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void TimeOfAGroupIsUp_ItsUnitsEndAndOthersGoOn()
    {
        Sandbox.WithUnits(
            "late/late.proj",
            """
            <PexenGroup Include="slow" Timeout="300ms" OnFinished="test -e cleaned &amp;&amp; touch finished" Exclusive="true" />
            <PexenUnit Include="long" Command="sleep 600" Group="slow" GracePeriod="1s" />
            <PexenUnit Include="next" Command="true" Group="slow" Requires="long" />
            <PexenUnit Include="other" Command="true" After="long" />
            <PexenUnit Include="clean" Command="touch cleaned" Finalizes="long" />
            """);

        BuildRun build = Sandbox.MSBuild("late/late.proj").Failed("PEX3002");

        Assert.Contains("Group 'slow' was ended after its Timeout of 300ms: 1 unit stopped, 1 not started.", build.Output);
        Assert.AreEqual("long TimedOut, next Skipped, other Succeeded, clean Succeeded", string.Join(", ", build.Units("late", "AfterBuild")));
        Assert.IsTrue(File.Exists(Sandbox["late/finished"]));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void NestedGroups_CountInEachAroundThem()
    {
        Sandbox.WithUnits(
            "nested/nested.proj",
            $"""
            <PexenGroup Include="lab" MaxParallel="3" />
            <PexenGroup Include="vm" Group="lab" MaxParallel="1" />
            {Unit("v1", "vm", Meet("v1", "l1", "l2", "o1"))}
            {Unit("v2", "vm", Alone)}
            {Unit("l1", "lab", Meet("v1", "l1", "l2", "o1"))}
            {Unit("l2", "lab", Meet("v1", "l1", "l2", "o1"))}
            {Unit("l3", "lab", Alone)}
            {Unit("o1", null, Meet("v1", "l1", "l2", "o1"))}
            """,
            "<PexenMaxParallel>8</PexenMaxParallel>");

        RecordedRun run = Sandbox.MSBuild("nested/nested.proj").Succeeded().Run("nested", "AfterBuild");

        Assert.AreEqual(1, MostAtOnce(run, "v1", "v2"));
        Assert.AreEqual(3, MostAtOnce(run, "v1", "v2", "l1", "l2", "l3"));
        Assert.AreEqual("lab 5, vm 2", string.Join(", ", run.Json.GetProperty("groups").EnumerateArray().Select(group => $"{group.GetProperty("name")} {group.GetProperty("members")}")));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void ExclusiveGroupInAnExclusiveGroup_IsAloneInItAndOthersStayOutside()
    {
        Sandbox.WithUnits(
            "quiet/quiet.proj",
            $"""
            <PexenGroup Include="bench" Exclusive="true" />
            <PexenGroup Include="quiet" Group="bench" Exclusive="true" MaxParallel="1" />
            <PexenGroup Include="ordinary" Group="bench" />
            {Unit("o1", null, Alone)}
            {Unit("b1", "bench", Meet("b1", "b2"))}
            {Unit("b2", "ordinary", Meet("b1", "b2"))}
            {Unit("q1", "quiet", Alone)}
            {Unit("q2", "quiet", Alone)}
            {Unit("b3", "bench", Alone)}
            {Unit("o2", null, Alone)}
            """,
            "<PexenMaxParallel>3</PexenMaxParallel>");

        RecordedRun run = Sandbox.MSBuild("quiet/quiet.proj").Succeeded().Run("quiet", "AfterBuild");

        Assert.AreEqual(1, MostAtOnce(run, "q1", "q2"));
        AssertApart(run, ["q1", "q2"], ["b1", "b2", "b3"]);
        AssertApart(run, ["o1", "o2"], ["b1", "b2", "b3", "q1", "q2"]);
        Assert.AreEqual("o1 b1 b2 q1 q2 b3 o2", string.Join(' ', run.Order("start")));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void ExclusiveUnitThatIsNext_IsNotPassedByNarrowOnes()
    {
        string crowd = string.Concat(Enumerable.Range(1, 12).Select(i => Unit($"o{i}", null, "sleep 0.05")));
        Sandbox.WithUnits(
            "crowd/crowd.proj",
            $"""
            <PexenGroup Include="bench" Exclusive="true" MaxParallel="1" />
            <PexenGroup Include="vm" MaxParallel="1" />
            {Unit("first", null, "sleep 0.3")}
            {Unit("bench", "bench", Alone)}
            {crowd}
            {Unit("v1", "vm", Alone, "Priority=\"1\"")}{Unit("v2", "vm", Alone, "Priority=\"1\"")}
            """,
            "<PexenMaxParallel>3</PexenMaxParallel>");

        RecordedRun run = Sandbox.MSBuild("crowd/crowd.proj").Succeeded().Run("crowd", "AfterBuild");

        Assert.AreEqual("first bench", string.Join(' ', run.Order("start").Take(2)));
        Assert.HasCount(16, run.Order("end"));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void GroupThatNobodyDeclared_IsPEX1011()
    {
        Sandbox.WithUnits("unknown/unknown.proj", $"""
            <PexenGroup Include="bench" Group="lab" />
            {Unit("one", "bensh", "true")}
            """);

        BuildRun build = Sandbox.MSBuild("unknown/unknown.proj").Failed("PEX1011");

        Assert.HasCount(2, build.Diagnostics.Where(said => said.Code == "PEX1011").ToList(), build.Output);
        Assert.Contains("Did you mean \"bench\"?", build.Output);
    }

    private static string Unit(string name, string? group, string command, string more = "") =>
        $"""<PexenUnit Include="{name}" Timeout="60s" {(group is null ? "" : $"Group=\"{group}\"")} {more} Command="{command}" />""" + "\n";

    /// <summary>Ends only when all of these have started, which is never where they may not run beside each other.</summary>
    private static string Meet(params string[] units) =>
        $"touch $PEXEN_UNIT.here; for unit in {string.Join(' ', units)}; do until [ -e $unit.here ]; do sleep 0.02; done; done";

    /// <summary>How many of these ran at the same time at most.</summary>
    private static int MostAtOnce(RecordedRun run, params string[] units)
    {
        int running = 0;
        int most = 0;
        foreach (JsonElement line in run.Events.Where(line => line.TryGetProperty("unit", out JsonElement unit) && units.Contains(unit.GetString())))
        {
            running += line.GetProperty("event").GetString() switch { "start" => 1, "end" => -1, _ => 0 };
            most = Math.Max(most, running);
        }

        return most;
    }

    private static void AssertApart(RecordedRun run, string[] some, string[] others)
    {
        foreach (string one in some)
        {
            foreach (string other in others)
            {
                Assert.IsFalse(run.Overlapped(one, other), $"{one} beside {other}");
            }
        }
    }
}
