using System.Text.Json;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Contract;

/// <summary>Contract 2.3, rule 13: instances of counted resources, from the packed package. The checker proves from the record that none was with two.</summary>
[TestClass]
[TestCategory("EndToEnd")]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class ResourceTests : EndToEnd
{
    /// <summary>Fails if anybody else has the same instance.</summary>
    private const string Mine = "mkdir gpu-$PEXEN_RESOURCE_LAB_GPU; sleep 0.1; rmdir gpu-$PEXEN_RESOURCE_LAB_GPU; echo $PEXEN_RESOURCE_LAB_GPU";

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void EachUnit_IsToldItsOwnInstances()
    {
        string crowd = string.Concat(Enumerable.Range(1, 8).Select(i => $"""<PexenUnit Include="u{i}" Uses="lab/gpu" Command="{Mine}" />""" + "\n"));
        Sandbox.WithProject(
            "gpus",
            $"""
            <PexenResource Include="lab/gpu" Capacity="3" Instances="a;b;c" />
            {crowd}
            <PexenUnit Include="two" Uses="lab/gpu*2" Command="echo $PEXEN_RESOURCE_LAB_GPU" After="{string.Join(';', Enumerable.Range(1, 8).Select(i => $"u{i}"))}" />
            <PexenUnit Include="all" Claims="LAB/gpu" Command="echo $PEXEN_RESOURCE_LAB_GPU" After="two" />
            <PexenUnit Include="method" Uses="lab/gpu" Method="Steps.Show" Assembly="$(TargetPath)" After="all" />
            <PexenUnit Include="method-without" Method="Steps.Show" Assembly="$(TargetPath)" After="method" />
            <PexenUnit Include="crash" Uses="lab/gpu" Command="kill -9 $$" After="method-without" />
            <PexenUnit Include="left" Uses="lab/gpu*2" Command="echo $PEXEN_RESOURCE_LAB_GPU" After="crash" />
            <PexenUnit Include="inner" Uses="lab/gpu" Phase="Inner" Command="echo $PEXEN_RESOURCE_LAB_GPU" ShowOutput="Always" />
            <PexenUnit Include="outer" Uses="lab/gpu*2" Phase="Outer" Command="echo $PEXEN_RESOURCE_LAB_GPU%3B dotnet msbuild gpus.csproj -t:PexenRun -p:PexenPhase=Inner -nologo" />
            """,
            "<TargetFramework>net10.0</TargetFramework><PexenMaxParallel>4</PexenMaxParallel>")
            .With("gpus/Steps.cs", """
                public static class Steps
                {
                    public static void Show() => System.Console.WriteLine(System.Environment.GetEnvironmentVariable("PEXEN_RESOURCE_LAB_GPU") ?? "none");
                }
                """);

        BuildRun build = Sandbox.Build("gpus").Failed("PEX3008");
        RecordedRun run = build.Run("gpus", "AfterBuild");

        foreach (int i in Enumerable.Range(1, 8))
        {
            Assert.AreEqual("Succeeded", run.OutcomeOf($"u{i}"), run.LogOf($"u{i}"));
            Assert.AreEqual(HandedOut(run, $"u{i}") + "\n", run.LogOf($"u{i}"));
        }

        Assert.AreEqual("a b c", string.Join(' ', new[] { "u1", "u2", "u3" }.Select(unit => HandedOut(run, unit))));
        Assert.AreEqual("a;b\n", run.LogOf("two"));
        Assert.AreEqual("a;b;c\n", run.LogOf("all"));
        Assert.AreEqual("a\n", run.LogOf("method"));
        Assert.AreEqual("none\n", run.LogOf("method-without"), "the worker is the same");
        Assert.AreEqual("b;c\n", run.LogOf("left"), "what crashed keeps its own");
        Assert.AreEqual("""[{"name":"lab/gpu","capacity":3,"scope":"Project","instances":["a","b","c"]}]""", JsonSerializer.Serialize(run.Json.GetProperty("resources")));

        Sandbox.MSBuild("gpus/gpus.csproj", "-t:PexenRun", "-p:PexenPhase=Outer").Succeeded();
        Assert.StartsWith("a;b\n", new RecordedRun(Sandbox["gpus/obj/pexen/Debug/Outer"]).LogOf("outer"));
        Assert.AreEqual("a\n", new RecordedRun(Sandbox["gpus/obj/pexen/Debug/Inner"]).LogOf("inner"), "of those that the unit around it has");
    }

    private static string HandedOut(RecordedRun run, string unit)
    {
        JsonElement start = run.Events.Single(line => line.GetProperty("event").GetString() == "start" && line.GetProperty("unit").GetString() == unit);
        return string.Join(';', start.GetProperty("holds").EnumerateArray().Single().GetProperty("instances").EnumerateArray());
    }
}
