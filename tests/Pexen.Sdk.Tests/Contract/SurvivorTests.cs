using System.Diagnostics;
using System.Globalization;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Contract;

/// <summary>Contract 2.9: processes that may outlive their unit.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed class SurvivorTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void AUnitLeavesADaemonThatMayStay_ItOutlivesTheBuild_AndOnlyTheOthersAreNamed()
    {
        Sandbox.WithUnits(
            "stay/stay.proj",
            """
            <PexenUnit Include="starts" Command="cp `command -v sleep` kept-daemon; ./kept-daemon 120 &gt;/dev/null 2&gt;&amp;1 &amp; p=$!; echo $p &gt; pid; sleep 119 &gt;/dev/null 2&gt;&amp;1 &amp; until grep -q sleep /proc/$!/comm &amp;&amp; grep -q kept /proc/$p/comm; do :; done" AllowSurvivors="kept-daemon" />
            <PexenUnit Include="after" Executable="/bin/true" Requires="starts" />
            """);

        BuildRun build = Sandbox.MSBuild("stay/stay.proj").Succeeded();
        int kept = int.Parse(File.ReadAllText(Sandbox["stay/pid"]), CultureInfo.InvariantCulture);
        try
        {
            Assert.IsTrue(File.Exists($"/proc/{kept}/stat"), "it outlives the build");
            Assert.Contains("PEX4004", build.Warnings);
            Assert.Contains("sleep (", build.Output);
            Assert.DoesNotContain("kept-daemon (", build.Output);
        }
        finally
        {
            using var process = Process.GetProcessById(kept);
            process.Kill();
        }
    }
}
