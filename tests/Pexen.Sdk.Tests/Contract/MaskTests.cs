using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Contract;

/// <summary>Rule 36: what <c>PexenMasks</c> names is written nowhere.</summary>
[TestClass]
[TestCategory("EndToEnd")]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class MaskTests : EndToEnd
{
    private static readonly Dictionary<string, string> Environment = new() { ["DEPLOY_TOKEN"] = "Zx9-hush-hush", ["PIN"] = "123" };

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void ValuesOfMaskedVariables_AreInNoLogRecordOrMessage()
    {
        Sandbox.WithUnits(
            "masks/masks.proj",
            """
            <PexenUnit Include="prints" ShowOutput="Always" Command="printf 'a%.6s' &quot;$DEPLOY_TOKEN&quot;; sleep 0.2; printf '%s\n' &quot;${DEPLOY_TOKEN#??????}b&quot;; echo &quot;url=https://$DEPLOY_TOKEN@host&quot; &gt;&gt; $PEXEN_OUTPUT" />
            <PexenUnit Include="own" EnvironmentVariables="SESSION=Yy8-hush-hush" Command="echo $SESSION; echo DEPLOY_TOKEN=Ww7-hush-hush &gt;&gt; $PEXEN_ENV" />
            <PexenUnit Include="inherits" Requires="own;prints" Command="env; cat $PEXEN_SHARED" />
            <PexenUnit Include="adds" Command="echo '{&quot;name&quot;:&quot;added&quot;,&quot;command&quot;:&quot;echo got '$DEPLOY_TOKEN'&quot;}' &gt;&gt; $PEXEN_UNITS" />
            <PexenUnit Include="fails" ContinueOnError="true" Command="echo last line $DEPLOY_TOKEN; exit 1" FailureHint="look for $(DEPLOY_TOKEN)" />
            """,
            "<PexenMasks>DEPLOY_TOKEN;SESSION;PIN;NOBODY</PexenMasks>");

        BuildRun build = Sandbox.Run(Environment, "msbuild", "-nologo", "masks/masks.proj").Succeeded();
        RecordedRun run = build.Run("masks", "AfterBuild");

        Assert.AreEqual("a***b\n", run.LogOf("prints"));
        Assert.AreEqual("***\n", run.LogOf("own"));
        Assert.AreEqual("got ***\n", run.LogOf("added"));
        Assert.Contains("DEPLOY_TOKEN=***", run.LogOf("inherits"));
        Assert.Contains("https://***@host", run.LogOf("inherits"));
        Assert.Contains("look for ***", build.Output);
        Assert.Contains("Last line: last line ***", build.Output);
        Assert.Contains("\"PIN\" has 3 characters", string.Join('\n', run.Json.GetProperty("diagnostics").EnumerateArray().Select(one => one.GetProperty("message").GetString())));
        AssertHushed(build, Sandbox["masks"]);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void PlanOfACommandWithTheValue_HasStars()
    {
        Sandbox.WithUnits(
            "plan/plan.proj",
            """<PexenUnit Include="deploy" Provides="site-$(DEPLOY_TOKEN)" Command="deploy $(DEPLOY_TOKEN)" Timeout="$(DEPLOY_TOKEN)" />""",
            "<PexenMasks>DEPLOY_TOKEN</PexenMasks>");

        BuildRun build = Sandbox.Run(Environment, "msbuild", "-nologo", "plan/plan.proj", "-t:PexenPlan").Failed("PEX1006");

        Assert.Contains("Timeout=\"***\"", build.Output);
        AssertHushed(build, Sandbox["plan"]);
    }

    private static void AssertHushed(BuildRun build, string folder)
    {
        Assert.DoesNotContain("hush", build.Output);
        string[] files =
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => Path.GetExtension(file) != ".proj" && File.ReadAllText(file).Contains("hush", StringComparison.Ordinal)),
        ];
        Assert.IsEmpty(files, string.Join(", ", files));
    }
}
