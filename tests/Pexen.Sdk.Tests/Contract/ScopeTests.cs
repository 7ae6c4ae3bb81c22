using System.Text.Json;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Contract;

/// <summary>Rules 14 and 15 beyond one project: builds of several projects, at the same time, of one repository or of one machine.</summary>
[TestClass]
[TestCategory("EndToEnd")]
[OSCondition(OperatingSystems.Linux)]
public sealed class ScopeTests : EndToEnd
{
    private const string Hold = "echo $PEXEN_UNIT-start &gt;&gt; ../trace; until [ -e ../go ]; do sleep 0.05; done; echo $PEXEN_UNIT-end &gt;&gt; ../trace";

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow("Repository", "port")]
    [DataRow("Machine", "port/8080")]
    public void TwoProjectsAtOneTime_NeverHaveItTogether(string scope, string other)
    {
        string resource = $"""<PexenResource Include="port" Scope="{scope}" />""";
        Sandbox.WithUnits("one/one.proj", $"""{resource}<PexenUnit Include="one" Claims="port" Timeout="100s" Command="{Hold}" />""");
        Sandbox.WithUnits("two/two.proj", $"""{resource}<PexenUnit Include="free" Uses="disk" Command="true" /><PexenUnit Include="two" Uses="{other}" Timeout="100s" Command="{Hold}" />""");
        if (scope == "Machine")
        {
            Directory.CreateDirectory(Sandbox["two/.git"]);
        }

        using StartedBuild first = Sandbox.Start(["msbuild", "-nologo", "one/one.proj"]).WaitFor("trace");
        using StartedBuild second = Sandbox.Start(["msbuild", "-nologo", "two/two.proj"]).WaitForEvent("two", "\"end\"", "\"free\"");
        File.WriteAllText(Sandbox["go"], "");

        first.WaitForEnd().Succeeded();
        BuildRun waited = second.WaitForEnd().Succeeded();
        RecordedRun run = waited.Run("two", "AfterBuild");

        Assert.AreEqual("one-start one-end two-start two-end", Trace());
        Assert.IsGreaterThan(0, run["two"].GetProperty("lockWaitMs").GetDouble());
        Assert.AreEqual(scope, run.Json.GetProperty("resources").EnumerateArray().Single(one => one.GetProperty("name").GetString() == other).GetProperty("scope").GetString());
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void TwoBuildsOfAMachine_AreHandedDifferentInstances()
    {
        foreach (string name in new[] { "one", "two" })
        {
            Sandbox.WithUnits($"{name}/{name}.proj", $"""
                <PexenResource Include="gpu" Instances="0;1" Scope="Machine" />
                <PexenUnit Include="{name}" Uses="gpu" Timeout="100s" Command="{Hold}; echo $PEXEN_RESOURCE_GPU" />
                """);
        }

        using StartedBuild first = Sandbox.Start(["msbuild", "-nologo", "one/one.proj"]).WaitForEvent("one", "\"start\"");
        using StartedBuild second = Sandbox.Start(["msbuild", "-nologo", "two/two.proj"]).WaitForEvent("two", "\"start\"");
        File.WriteAllText(Sandbox["go"], "");

        Assert.AreEqual("0\n", first.WaitForEnd().Succeeded().Run("one", "AfterBuild").LogOf("one"));
        Assert.AreEqual("1\n", second.WaitForEnd().Succeeded().Run("two", "AfterBuild").LogOf("two"));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow("Repository")]
    [DataRow("Machine")]
    public void HolderIsKilled_WhatItHeldIsFree(string scope)
    {
        string resource = $"""<PexenResource Include="port" Capacity="1" Scope="{scope}" />""";
        Sandbox.WithUnits("one/one.proj", $"""{resource}<PexenUnit Include="one" Uses="port" Timeout="100s" Command="{Hold}" />""");
        Sandbox.WithUnits("two/two.proj", $"""{resource}<PexenUnit Include="free" Uses="disk" Command="true" /><PexenUnit Include="two" Uses="port" Timeout="100s" Command="true" />""");
        using StartedBuild first = Sandbox.Start(["msbuild", "-nologo", "one/one.proj"]).WaitFor("trace");
        int supervisor = first.Supervisors.Single().Id;
        using StartedBuild second = Sandbox.Start(["msbuild", "-nologo", "two/two.proj"]).WaitForEvent("two", "\"end\"", "\"free\"");
        Assert.DoesNotContain("\"two\",\"attempt\":1,\"slots\"", File.ReadAllText(Sandbox["two/obj/pexen/Debug/AfterBuild/events.jsonl"]));

        Assert.AreEqual(0, Signals.Send(supervisor, Signals.Kill));

        second.WaitForEnd().Succeeded();
        File.WriteAllText(Sandbox["go"], "");
        first.WaitForEnd().Failed("PEX3012");
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void BuildInsideAUnit_HasWhatTheUnitHolds()
    {
        const string Resources = """<PexenResource Include="port" Scope="Machine" /><PexenResource Include="gpu" Instances="a;b;c" Scope="Repository" />""";
        Sandbox.WithUnits("outer/outer.proj", $"""
            {Resources}
            <PexenUnit Include="other" Uses="gpu" Command="until [ -e ../done ]; do sleep 0.05; done" Timeout="100s" />
            <PexenUnit Include="nested" Claims="port" Uses="gpu" Timeout="100s" Command="dotnet msbuild -nologo ../inner/inner.proj; touch ../done" />
            """, "<PexenMaxParallel>2</PexenMaxParallel>");
        Sandbox.WithUnits("inner/inner.proj", $"""{Resources}<PexenUnit Include="in" Claims="port" Uses="gpu" Timeout="60s" Command="echo $PEXEN_RESOURCE_GPU" />""");

        Sandbox.MSBuild("outer/outer.proj").Succeeded();

        Assert.AreEqual("b\n", new RecordedRun(Sandbox["inner/obj/pexen/Debug/AfterBuild"]).LogOf("in"));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void TwoProjectsDisagree_IsPEX1015AndNamesBoth()
    {
        Sandbox.WithUnits("one/one.proj", $"""<PexenResource Include="seat" Capacity="2" Scope="Repository" /><PexenUnit Include="one" Uses="seat" Timeout="100s" Command="{Hold}" />""");
        Sandbox.WithUnits("two/two.proj", """<PexenResource Include="seat" Capacity="3" Scope="Repository" /><PexenUnit Include="two" Uses="seat" Command="true" /><PexenUnit Include="free" Command="true" />""");
        using StartedBuild first = Sandbox.Start(["msbuild", "-nologo", "one/one.proj"]).WaitFor("trace");

        BuildRun second = Sandbox.MSBuild("two/two.proj").Failed("PEX1015");

        File.WriteAllText(Sandbox["go"], "");
        first.WaitForEnd().Succeeded();
        string said = second.Diagnostics.Single(one => one.Code == "PEX1015").Message;
        Assert.Contains("capacity 3", said);
        Assert.Contains("capacity 2", said);
        Assert.Contains("two.proj", said);
        Assert.Contains("one.proj, which is being built", said);
        RecordedRun run = second.Run("two", "AfterBuild");
        Assert.AreEqual("PEX3003", run["two"].GetProperty("code").GetString());
        Assert.AreEqual("Succeeded", run.OutcomeOf("free"));
        JsonElement recorded = run.Json.GetProperty("diagnostics").EnumerateArray().First();
        Assert.AreEqual("PEX1015", recorded.GetProperty("code").GetString());
    }

    private string Trace() => string.Join(' ', File.ReadAllLines(Sandbox["trace"]));
}
