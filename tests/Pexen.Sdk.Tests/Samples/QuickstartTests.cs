using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Samples;

[TestClass]
[TestCategory("EndToEnd")]
public sealed class QuickstartTests : EndToEnd
{
    private const string Program = "Quickstart/bin/Debug/net10.0/parcel.dll";

    private static readonly string[] Checks =
    [
        "source", "quotes", "soak", "api-quote", "api-usage", "schema", "import-north", "import-south", "report", "audit", "fit-to-ship",
    ];

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void Quickstart_RunsInOrderInParallelAndUnderLocks()
    {
        BuildRun run = Build(Sandbox.WithSample("Quickstart")).Succeeded();

        Assert.AreEqual("rates Succeeded, stamp Succeeded", string.Join(", ", run.Units("Quickstart", "BeforeBuild")));
        CollectionAssert.AreEqual(Checks.Select(name => $"{name} Succeeded").ToArray(), run.Units("Quickstart", "AfterBuild").ToArray(), run.Output);

        UnitSpans spans = new UnitSpans().Add(run.Record("Quickstart", "AfterBuild"));
        string text = spans.ToString();
        Assert.IsTrue(spans.EndsBefore("schema", "import-north") && spans.EndsBefore("schema", "import-south"), text);
        Assert.IsFalse(spans.Overlap("import-north", "import-south"), text);
        Assert.IsTrue(spans.EndsBefore("import-north", "report") && spans.EndsBefore("import-south", "report"), text);
        Assert.IsTrue(spans.EndsBefore("import-north", "audit") && spans.EndsBefore("import-south", "audit"), text);
        Assert.IsTrue(spans.Overlap("report", "audit"), text);
        Assert.IsFalse(spans.Overlap("api-quote", "api-usage"), text);
        Assert.IsTrue(spans.Overlap("soak", "schema") && spans.Overlap("soak", "quotes") && spans.Overlap("soak", "api-quote"), text);
        foreach (string check in Checks.SkipLast(1))
        {
            Assert.IsTrue(spans.EndsBefore(check, "fit-to-ship"), $"{check}\n{text}");
        }

        Assert.AreEqual("timeline Succeeded", string.Join(", ", run.Units("Quickstart", "Timeline")));
        Assert.AreEqual(12, File.ReadAllLines(Sandbox["Quickstart/obj/orders.db"]).Length, "the schema and eleven orders");
        Assert.AreEqual("parcel, built from no commit, 7 countries", Dotnet.Run(Sandbox.Folder, [Program, "version"]).Output.Trim());
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void Readme_ShowsWhatIsPrinted()
    {
        BuildRun run = Build(Sandbox.WithSample("Quickstart")).Succeeded();

        ReadmeText.AssertPrinted(ReadmeText.Block("samples/Quickstart/README.md", "## What it prints", "", skip: 1), run);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void BadLineInTheTariff_PointsToTheFileAndNothingIsCompiled()
    {
        Sandbox.WithSample("Quickstart").Change("Quickstart/data/rates.csv", "FR,1,5.40", "FR,1,free");

        BuildRun run = Build(Sandbox).Failed("PEX3001");

        Assert.Contains("data/rates.csv(3): error PARCEL1: 'free' is not a price", run.Output);
        Assert.AreEqual("rates Failed, stamp Succeeded", string.Join(", ", run.Units("Quickstart", "BeforeBuild")));
        Assert.IsFalse(File.Exists(Sandbox[Program]));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void WrongPrice_FailsOneCheckSkipsTheMilestoneAndLeavesTheRestAlone()
    {
        Sandbox.WithSample("Quickstart").Change("Quickstart/data/rates.csv", "DE,1,4.90", "DE,1,5.90");

        BuildRun run = Build(Sandbox).Failed("PEX3001");

        IEnumerable<string> expected = Checks.Select(name => name switch
        {
            "quotes" => "quotes Failed",
            "fit-to-ship" => "fit-to-ship Skipped",
            _ => $"{name} Succeeded",
        });
        CollectionAssert.AreEqual(expected.ToArray(), run.Units("Quickstart", "AfterBuild").ToArray(), run.Output);
        JsonElement milestone = run.Record("Quickstart", "AfterBuild").GetProperty("units").EnumerateArray().Single(unit => unit.GetProperty("name").GetString() == "fit-to-ship");
        Assert.AreEqual("quotes", milestone.GetProperty("causedBy").GetString());
        Assert.Contains("'DE 2.5 kg: 7.90' instead of 'DE 2.5 kg: 6.90'", run.Output.Replace("said ", "", StringComparison.Ordinal));
        Assert.Contains("-p:PexenUnits=quotes", run.Output);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow("Quickstart")]
    [DataRow("Monorepo")]
    public void NobodySaysWhichPackage_OneSentenceSaysWhatToDo(string sample)
    {
        BuildRun run = Sandbox.WithSample(sample).Build(sample);

        Assert.AreNotEqual(0, run.ExitCode);
        Assert.Contains("1 Error(s)", run.Output);
        Assert.Contains("error : Run 'dotnet build build/Quickstart.proj' in the root of the repository", run.Output);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void Clean_RemovesWhatWasGenerated()
    {
        Build(Sandbox.WithSample("Quickstart")).Succeeded();
        Assert.IsTrue(File.Exists(Sandbox["Quickstart/obj/Rates.cs"]));

        Sandbox.Run("clean", "Quickstart", SampleFiles.UsePackedVersion).Succeeded();

        Assert.IsFalse(File.Exists(Sandbox["Quickstart/obj/Rates.cs"]));
        Assert.IsFalse(File.Exists(Sandbox["Quickstart/obj/Stamp.cs"]));
    }

    private static BuildRun Build(Sandbox sandbox) => sandbox.Build("Quickstart", SampleFiles.UsePackedVersion, $"-p:Port={FreePort()}");

    /// <summary>Nobody listens there now; the tests share this machine with others.</summary>
    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
