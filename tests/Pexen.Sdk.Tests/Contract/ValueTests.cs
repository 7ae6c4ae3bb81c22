using System.Text.Json;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Contract;

/// <summary>Contract 3, but for units on the fly and what goes into the build: what units say to each other.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed class ValueTests : EndToEnd
{
    [TestMethod]
    [TestCategory("PX-23")]
    [TestCategory("PX-24")]
    [TestCategory("PX-R2")]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void ValuesVariablesAndFolders_PassOverTwoLevelsAndPresetsFillTheRest()
    {
        Sandbox.With("values/tool/greet", "#!/bin/sh\necho greeted\n").WithUnits("values/values.proj", """
            <PexenShared Include="wtype" Value="Terrestrial" />
            <PexenShared Include="size" Value="1;2" />
            <PexenUnit Include="first" Command="{ echo one=1; echo wtype=Silicate; } &gt;&gt; $PEXEN_OUTPUT; echo A=b &gt;&gt; $PEXEN_ENV; echo tool &gt;&gt; $PEXEN_PATH" />
            <PexenUnit Include="idle" />
            <PexenUnit Include="lines" Command="{ echo 'text&lt;&lt;END'; echo a=1; echo; echo b; echo END; echo two=2; } &gt;&gt; $PEXEN_OUTPUT" Requires="first" />
            <PexenUnit Include="last" Requires="lines;idle" Command="greet; echo $A; cat $PEXEN_SHARED; echo $PEXEN_SHARED_ONE,$PEXEN_SHARED_TWO,$PEXEN_SHARED_WTYPE,$PEXEN_SHARED_SIZE; echo &quot;$PEXEN_SHARED_TEXT&quot;" />
            <PexenUnit Include="stranger" Command="cat $PEXEN_SHARED; ls $PEXEN_OUTPUT $PEXEN_ENV $PEXEN_PATH $PEXEN_RESULTS 2&gt;/dev/null | wc -l" />
            """);
        Assert.AreEqual(0, Tool.Run("chmod", "+x", Sandbox["values/tool/greet"]));

        BuildRun build = Sandbox.MSBuild("values/values.proj").Succeeded();
        RecordedRun run = build.Run("values", "AfterBuild");

        Assert.AreEqual(
            """
            greeted
            b
            {"one":"1","size":"1;2","text":"a=1\n\nb","two":"2","wtype":"Silicate"}
            1,2,Silicate,1;2
            a=1

            b

            """,
            run.LogOf("last"));
        Assert.AreEqual("{\"size\":\"1;2\",\"wtype\":\"Terrestrial\"}\n0\n", run.LogOf("stranger"));
        Assert.AreEqual("""{"one":"1","wtype":"Silicate"}""", Compact(run["first"].GetProperty("shared")));
        Assert.AreEqual("{}", Compact(run["last"].GetProperty("shared")));
        Assert.IsEmpty(build.Warnings, build.Output);
        Assert.IsFalse(Directory.Exists(Path.Combine(run.Folder, "work")));
    }

    [TestMethod]
    [TestCategory("PX-T8")]
    [TestCategory("PX-27")]
    [TestCategory("PX-28")]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void FailuresConflictsAndBadLines_AreRecordedAndToldAndOnlyWhatCountsPasses()
    {
        Sandbox.WithUnits("values/values.proj", """
            <PexenUnit Include="fails" ContinueOnError="true" Command="echo x=1 &gt;&gt; $PEXEN_OUTPUT; exit 1" />
            <PexenUnit Include="needs-it" Requires="fails" Command="true" />
            <PexenUnit Include="controlled" ContinueOnError="true" ControlledExitCodes="3" Command="echo y=2 &gt;&gt; $PEXEN_OUTPUT; exit 3" />
            <PexenUnit Include="goes-on" Requires="controlled" Command="cat $PEXEN_SHARED" />
            <PexenUnit Include="a" Command="echo k=a &gt;&gt; $PEXEN_OUTPUT" />
            <PexenUnit Include="b" Command="sleep 0.2; echo k=b &gt;&gt; $PEXEN_OUTPUT" />
            <PexenUnit Include="c" Command="cat $PEXEN_SHARED" Requires="b;a" />
            <PexenUnit Include="rewrites" Command="echo k=c &gt;&gt; $PEXEN_OUTPUT" Requires="a" />
            <PexenUnit Include="superseded" Command="cat $PEXEN_SHARED" Requires="rewrites;a" />
            <PexenUnit Include="results" ContinueOnError="true" Script="results.sh" />
            """).With("values/results.sh", """
            echo '{"name":"one","status":"pass","note":"fine","files":["a.txt"]}' >> $PEXEN_RESULTS
            echo 'not json' >> $PEXEN_RESULTS
            echo '{"name":"two","status":"fail"}' >> $PEXEN_RESULTS
            echo 'no pair' >> $PEXEN_OUTPUT
            exit 1

            """);

        BuildRun build = Sandbox.MSBuild("values/values.proj").Succeeded();
        RecordedRun run = build.Run("values", "AfterBuild");

        Assert.AreEqual("""{"x":"1"}""", Compact(run["fails"].GetProperty("shared")));
        Assert.AreEqual("Skipped notProvided", run.OutcomeOf("needs-it"));
        Assert.AreEqual("{\"y\":\"2\"}\n", run.LogOf("goes-on"));
        Assert.AreEqual("{\"k\":\"b\"}\n", run.LogOf("c"));
        Assert.AreEqual("{\"k\":\"c\"}\n", run.LogOf("superseded"));
        Assert.AreEqual(
            """[{"name":"one","status":"pass","note":"fine","files":["a.txt"]},{"name":"two","status":"fail","note":null,"files":[]}]""",
            Compact(run["results"].GetProperty("results")));
        SaidDiagnostic conflict = build.Diagnostics.Single(one => one.Code == "PEX4006");
        Assert.AreEqual(Sandbox.LineOf("values/values.proj", "\"c\""), conflict.Line);
        Assert.AreEqual(2, build.Diagnostics.Count(one => one.Code == "PEX4009"), build.Output);
        Assert.Contains("line 2 ('not json')", build.Output);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void Secret_IsInNoLogRecordOrMessage()
    {
        Sandbox.WithUnits("secret/secret.proj", """
            <PexenShared Include="api.key" Value="$(ApiKey)" Secret="true" />
            <PexenUnit Include="prints" Script="prints.sh" ShowOutput="Always" />
            <PexenUnit Include="inherits" Requires="prints" Command="cat $PEXEN_SHARED; env" StandardOutput="secret.txt" />
            <PexenUnit Include="fails" Requires="prints" ContinueOnError="true" Command="echo last line $PEXEN_SHARED_API_KEY; exit 1" />
            """).With("secret/prints.sh", """
            [ ${#PEXEN_SHARED_API_KEY} = 13 ]
            printf 'a%.6s' "$PEXEN_SHARED_API_KEY"
            sleep 0.2
            printf '%s\n' "${PEXEN_SHARED_API_KEY#??????}b"
            echo "url=https://$PEXEN_SHARED_API_KEY@host" >> $PEXEN_OUTPUT
            echo "nonsense $PEXEN_SHARED_API_KEY" >> $PEXEN_OUTPUT
            echo "{\"name\":\"n\",\"status\":\"pass\",\"note\":\"$PEXEN_SHARED_API_KEY\"}" >> $PEXEN_RESULTS

            """);

        BuildRun build = Sandbox.Run(new Dictionary<string, string> { ["ApiKey"] = "Zx9-hush-hush" }, "msbuild", "-nologo", "secret/secret.proj").Succeeded();
        RecordedRun run = build.Run("secret", "AfterBuild");

        Assert.AreEqual("a***b\n", run.LogOf("prints"));
        Assert.StartsWith("{\"url\":\"https://***@host\"}\n", File.ReadAllText(Sandbox["secret/secret.txt"]));
        Assert.Contains("PEXEN_SHARED_API_KEY=***", run.LogOf("inherits"));
        Assert.Contains("Last line: last line ***", build.Output);
        Assert.Contains("nonsense ***", build.Output);
        Assert.DoesNotContain("hush", build.Output);
        string[] files = [.. Directory.EnumerateFiles(Sandbox["secret"], "*", SearchOption.AllDirectories).Where(file => File.ReadAllText(file).Contains("hush", StringComparison.Ordinal))];
        Assert.IsEmpty(files, string.Join(", ", files));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void ValueOfTenMegabytes_PassesInTheFileAndHasNoVariable()
    {
        Sandbox.WithUnits("large/large.proj", """
            <PexenUnit Include="writes" Script="writes.sh" />
            <PexenUnit Include="reads" Requires="writes" Command="wc -c &lt; $PEXEN_SHARED; env | grep -c PEXEN_SHARED_ || true" />
            <PexenUnit Include="again" Requires="reads" Command="wc -c &lt; $PEXEN_SHARED" />
            """).With("large/writes.sh", """
            { printf 'large='; head -c 10000000 /dev/zero | tr '\0' x; echo; echo a.b=1; echo a-b=2; } >> $PEXEN_OUTPUT

            """);

        BuildRun build = Sandbox.MSBuild("large/large.proj").Succeeded();
        RecordedRun run = build.Run("large", "AfterBuild");

        Assert.AreEqual("10000033\n0\n", run.LogOf("reads"));
        Assert.AreEqual("10000033\n", run.LogOf("again"));
        Assert.AreEqual(10_000_000, run["writes"].GetProperty("shared").GetProperty("large").GetString()!.Length);
        Assert.AreEqual(2, build.Diagnostics.Count(one => one.Code == "PEX4007"), "once for the large one and once for the two");
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);
}
