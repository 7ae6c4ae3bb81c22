using System.IO.Compression;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Contract;

/// <summary>Contract 2.7, 5 and 7: what units make, where records lie, and properties that set defaults.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed class FileTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void Outputs_AreRecordedJoinItemsOnceAndAreCleaned()
    {
        Sandbox.With("make/make.proj", """
            <Project Sdk="Pexen.Sdk">
              <ItemGroup>
                <Thing Include="gen/there.txt" />
                <PexenUnit Include="files" Phase="BeforeBuild" Command="mkdir -p gen/deep; printf ab &gt; gen/a.txt; printf abc &gt; gen/deep/b.txt; touch gen/there.txt" Outputs="gen/" AddTo="Thing" AddToMetadata="Link=shown/%25(Filename)%3Bx;Colour=red" />
                <PexenUnit Include="globbed" Phase="BeforeBuild" Requires="files" Command="printf 1 &gt; one.out; printf 22 &gt; two.out" Outputs="*.out" CleanOutputs="false" />
              </ItemGroup>
              <Target Name="Show" AfterTargets="Build">
                <Message Importance="High" Text="[%(Thing.Identity)|%(Thing.Colour)|%(Thing.Link)]" />
                <Message Importance="High" Text="{%(FileWrites.Filename)}" />
              </Target>
            </Project>
            """);

        foreach (string pass in new[] { "first", "second, with the files there" })
        {
            BuildRun build = Sandbox.MSBuild("make/make.proj").Succeeded();
            string[] things = [.. build.Output.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith('['))];
            Assert.AreEqual("[gen/there.txt||] [gen/a.txt|red|shown/%(Filename);x] [gen/deep/b.txt|red|shown/%(Filename);x]", string.Join(' ', things.OrderByDescending(thing => thing.Contains("there", StringComparison.Ordinal)).ThenBy(thing => thing, StringComparer.Ordinal)), pass);
            Assert.Contains("{a}", build.Output);
            Assert.DoesNotContain("{one}", build.Output);
            RecordedRun run = build.Run("make", "BeforeBuild");
            Assert.AreEqual(
                "gen/a.txt 2, gen/deep/b.txt 3, gen/there.txt 0",
                string.Join(", ", run["files"].GetProperty("outputs").EnumerateArray().Select(output => $"{output.GetProperty("path").GetString()} {output.GetProperty("size").GetInt64()}")));
            Assert.HasCount(2, run["globbed"].GetProperty("outputs").EnumerateArray().ToList());
        }

        Sandbox.MSBuild("make/make.proj", "-t:PexenClean").Succeeded();
        Assert.IsFalse(File.Exists(Sandbox["make/gen/a.txt"]));
        Assert.IsTrue(File.Exists(Sandbox["make/one.out"]));
        Assert.IsFalse(Directory.Exists(Sandbox["make/obj/pexen/Debug/BeforeBuild"]));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void OutputsOfLaterPhases_JoinWhatIsPackedAndPublished()
    {
        Sandbox.With("ship/ship.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <Sdk Name="Pexen.Sdk" />
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                <PexenUnit Include="built" Command="echo 1 &gt; obj/built.txt" Outputs="obj/built.txt" AddTo="Thing" AddToMetadata="Colour=red" />
                <PexenUnit Include="packed" Command="echo 1 &gt; obj/packed.txt" Outputs="obj/packed.txt" AddTo="Content" AddToMetadata="Pack=true;PackagePath=docs/" Phase="BeforePack" />
                <PexenUnit Include="published" Command="echo 1 &gt; obj/published.txt" Outputs="obj/published.txt" AddTo="ResolvedFileToPublish" AddToMetadata="RelativePath=published.txt;CopyToPublishDirectory=Always" Phase="BeforePublish" />
              </ItemGroup>
              <Target Name="Show" AfterTargets="_PexenAfterBuild">
                <Message Importance="High" Text="[@(Thing)|%(Thing.Colour)]" />
              </Target>
            </Project>
            """);
        Sandbox.With("ship/Code.cs", "public sealed class Code;");

        BuildRun pack = Sandbox.Run("pack", "ship/ship.csproj", "-o", "packed").Succeeded();
        Sandbox.Run("publish", "ship/ship.csproj", "-o", "published").Succeeded();

        Assert.Contains("[obj/built.txt|red]", pack.Output);
        using ZipArchive package = ZipFile.OpenRead(Sandbox["packed/ship.1.0.0.nupkg"]);
        Assert.IsNotNull(package.GetEntry("docs/packed.txt"));
        Assert.IsTrue(File.Exists(Sandbox["published/published.txt"]));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void Properties_SetDefaultsAndUnitsOverrideThem()
    {
        Sandbox.WithUnits(
            "set/set.proj",
            """
            <PexenUnit Include="late" Command="trap 'echo asked' TERM; sleep 60 &amp; wait; wait" />
            <PexenUnit Include="patient" Command="sleep 1" Timeout="0s" />
            <PexenUnit Include="crash" Command="kill -9 $$" Claims="db" />
            <PexenUnit Include="after-crash" Executable="/bin/true" Uses="db" After="crash" />
            <PexenUnit Include="own-crash" Command="kill -9 $$" Claims="own" OnCrash="None" />
            <PexenUnit Include="after-own" Executable="/bin/true" Uses="own" After="own-crash" />
            <PexenUnit Include="fails" Command="echo text-of-fails; exit 1" />
            <PexenUnit Include="needs-fails" Executable="/bin/true" Requires="fails" />
            """,
            """
            <PexenDefaultTimeout>400ms</PexenDefaultTimeout><PexenGracePeriod>0s</PexenGracePeriod><PexenOnCrash>ReleaseLocks</PexenOnCrash>
            <PexenOnFailure>ReleaseLocks;Provide</PexenOnFailure><PexenShowOutput>Never</PexenShowOutput><PexenOutputDirectory>records</PexenOutputDirectory>
            """);

        BuildRun build = Sandbox.MSBuild("set/set.proj", "-p:Configuration=Release").Failed("PEX3002");
        var run = new RecordedRun(Sandbox["set/records/AfterBuild"], new() { ProvideOnFailure = ["fails"] });

        Assert.AreEqual("TimedOut timeout", run.OutcomeOf("late"));
        Assert.AreEqual("", run.LogOf("late"), "no grace, no polite stop");
        Assert.AreEqual("Succeeded", run.OutcomeOf("patient"));
        Assert.AreEqual("Succeeded", run.OutcomeOf("after-crash"));
        Assert.AreEqual("Skipped held by own-crash", run.OutcomeOf("after-own"));
        Assert.AreEqual("Succeeded", run.OutcomeOf("needs-fails"));
        Assert.DoesNotContain("text-of-fails", build.Output);
        Assert.EndsWith("; records/AfterBuild/run.json", build.Summaries.Single());
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void LeftoversAndFloods_AreNamedAndBounded()
    {
        Sandbox.WithUnits(
            "left/left.proj",
            """
            <PexenUnit Include="parent" Command="(trap '' HUP; exec sleep 98.7) &amp; echo done" />
            <PexenUnit Include="session" Command="setsid sleep 98.7 &amp; echo done" />
            <PexenUnit Include="flood" Command="echo beginning; head -c 300000 /dev/zero | tr '\0' x; echo; echo end" />
            <PexenUnit Include="silent" Executable="/bin/true" />
            """,
            "<PexenLogLimit>100KB</PexenLogLimit><PexenGracePeriod>200ms</PexenGracePeriod>");

        BuildRun build = Sandbox.MSBuild("left/left.proj", "-p:Configuration=Release").Succeeded();
        RecordedRun run = build.Run("left", "AfterBuild", "Release");

        foreach (string unit in new[] { "parent", "session" })
        {
            SaidDiagnostic left = build.Diagnostics.Single(said => said.Code == "PEX4004" && said.Message.Contains($"'{unit}'", StringComparison.Ordinal));
            Assert.Contains("sleep", left.Message);
            Assert.AreEqual(Sandbox.LineOf("left/left.proj", $"\"{unit}\""), left.Line);
            Assert.AreEqual("done\n", run.LogOf(unit));
            Assert.IsLessThan(60_000, run[unit].GetProperty("durationMs").GetDouble(), "who holds the output open holds nobody up");
        }

        SaidDiagnostic cut = build.Diagnostics.Single(said => said.Code == "PEX4008");
        Assert.Contains("'flood'", cut.Message);
        string log = run.LogOf("flood");
        Assert.IsLessThan(110_000, log.Length);
        Assert.StartsWith("beginning\n", log);
        Assert.EndsWith("\nend\n", log);
        Assert.AreEqual(System.Text.Json.JsonValueKind.Null, run["silent"].GetProperty("log").ValueKind, "log files are made at the first byte");
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void PlanOfAFreshClone_TakesItThatEarlierPhasesHaveRun()
    {
        Sandbox.WithUnits("fresh/fresh.proj", """<PexenUnit Include="gen" Phase="BeforeBuild" Executable="/bin/true" /><PexenUnit Include="use" Requires="gen" Executable="/bin/true" />""");

        BuildRun plan = Sandbox.MSBuild("fresh/fresh.proj", "-t:PexenPlan").Succeeded();

        Assert.IsTrue(File.Exists(Sandbox["fresh/obj/pexen/Debug/BeforeBuild/plan.json"]));
        Assert.IsTrue(File.Exists(Sandbox["fresh/obj/pexen/Debug/AfterBuild/plan.json"]));
        Assert.IsLessThan(plan.Output.IndexOf("AfterBuild", StringComparison.Ordinal), plan.Output.IndexOf("BeforeBuild", StringComparison.Ordinal));
    }
}
