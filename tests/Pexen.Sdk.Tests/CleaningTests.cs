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

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void PexenClean_NeverDeletesThroughALink()
    {
        Sandbox.WithUnits("app/app.proj", """
            <PexenUnit Include="manual" Phase="Manual" Command="true" />
            <PexenUnit Include="d" Command="mkdir -p d; echo own &gt; d/own.txt; ln -sfn ../precious d/link" Outputs="d/;d/**/*.txt" />
            <PexenUnit Include="sw" Command="mkdir -p sw; echo gold &gt; sw/gold.txt" Outputs="sw/gold.txt" />
            <PexenUnit Include="nm" Command="mkdir -p nm; echo real &gt; nm/real.txt; ln -sfn real.txt nm/alias; ln -sfn nothing nm/dangling" Outputs="nm/" />
            <PexenUnit Include="lp" Command="mkdir -p lp/a; echo own &gt; lp/a/own.txt; ln -sfn .. lp/a/up" Outputs="lp/" />
            """)
            .With("app/precious/gold.txt", "gold\n");
        Sandbox.MSBuild("app/app.proj").Succeeded();
        Sandbox.MSBuild("app/app.proj", "-t:PexenPlan").Succeeded();
        Directory.Delete(Sandbox["app/sw"], recursive: true);
        Directory.CreateSymbolicLink(Sandbox["app/sw"], "precious");

        Sandbox.MSBuild("app/app.proj", "-t:PexenClean").Succeeded();

        Assert.IsFalse(Directory.Exists(Sandbox["app/obj/pexen/Debug/Manual"]), "the plan of a phase that never ran");
        Assert.IsTrue(File.Exists(Sandbox["app/precious/gold.txt"]), "it is reached by links only");
        foreach (string made in new[] { "app/d/own.txt", "app/nm/real.txt", "app/nm/alias", "app/lp/a/own.txt" })
        {
            Assert.IsNull(Directory.GetFiles(Path.GetDirectoryName(Sandbox[made])!).FirstOrDefault(file => file == Sandbox[made]), made);
        }
    }
}
