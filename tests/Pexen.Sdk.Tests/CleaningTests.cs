using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests;

[TestClass]
[TestCategory("EndToEnd")]
public sealed class CleaningTests : EndToEnd
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void DotnetClean_RemovesUnchangedOutputsAndRecords()
    {
        Sandbox.WithProject("app", """
            <PexenUnit Include="made" Command="echo made &gt; made.txt" Outputs="made.txt" />
            <PexenUnit Include="edited" Command="echo edited &gt; edited.txt" Outputs="edited.txt" />
            <PexenUnit Include="kept" Command="echo kept &gt; kept.txt" Outputs="kept.txt" CleanOutputs="false" />
            """);
        Sandbox.Build("app").Succeeded();
        Assert.IsTrue(File.Exists(Sandbox["app/made.txt"]));
        File.AppendAllText(Sandbox["app/edited.txt"], "by hand");

        Sandbox.Run("clean", "app").Succeeded();

        Assert.IsFalse(File.Exists(Sandbox["app/made.txt"]));
        Assert.IsTrue(File.Exists(Sandbox["app/edited.txt"]), "somebody changed it");
        Assert.IsTrue(File.Exists(Sandbox["app/kept.txt"]), "CleanOutputs is false");
        Assert.IsFalse(File.Exists(Sandbox["app/obj/pexen/Debug/AfterBuild/run.json"]));
        Sandbox.Run("msbuild", "app", "-t:PexenVerify").Failed("PEX3009");
    }
}
