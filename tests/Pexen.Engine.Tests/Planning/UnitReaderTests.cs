using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Engine.Tests.Planning;

[TestClass]
public sealed class UnitReaderTests
{
    [TestMethod]
    public void CommandText_ArrivesByteForByte()
    {
        const string Text = " echo \"$HOME\" 'a;b' %41 \\n\n\tzweite Zeile – ✓ ";
        string escaped = Text.Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);
        Assert.AreEqual(new CommandWork(Text), Declare.ReadGood("Command", escaped).Work);
    }

    [TestMethod]
    public void Arguments_AreAListOfVerbatimTexts()
    {
        (UnitDefinition? unit, List<Diagnostic> problems) =
            Declare.Read(Declare.Unit("a", ("Executable", "protoc"), ("Arguments", "--out=gen;a%3Bb;\"\";%22quoted%22;100%25")));
        Assert.IsEmpty(problems);
        ExecutableWork work = (ExecutableWork)unit!.Work;
        CollectionAssert.AreEqual(new[] { "--out=gen", "a;b", "", "\"quoted\"", "100%" }, work.Arguments.ToArray());
    }

    [TestMethod]
    public void TwoThingsToRun_AreRefused()
    {
        List<Diagnostic> problems = Declare.Read(Declare.Unit("a", ("Command", "x"), ("Script", "y.sh"))).Problems;
        Assert.HasCount(1, problems);
        Assert.AreEqual("PEX1007", problems[0].Code);
        Assert.Contains("Command, Script", problems[0].Message);
    }

    [TestMethod]
    public void AllProblemsOfAUnit_AreFoundTogether()
    {
        List<Diagnostic> problems = Declare.Read(Declare.Unit("a b", ("Timeout", "10"), ("Slots", "x"), ("Requires", "a b c d;ok;x..y"), ("RunsOn", "lab"))).Problems;
        CollectionAssert.AreEquivalent(
            new[] { "PEX1006", "PEX1006", "PEX1006", "PEX1006", "PEX1006", "PEX1016" }, problems.Select(problem => problem.Code).ToArray());
    }

    [TestMethod]
    public void EveryMetadataNotDue_IsRefusedByName()
    {
        foreach (string name in Vocabulary.UnitMetadata.Where(known => !known.Value).Select(known => known.Key))
        {
            Diagnostic problem = Declare.ReadBad(name, "x");
            Assert.AreEqual("PEX1016", problem.Code);
            Assert.Contains($"'{name}'", problem.Message);
        }
    }

    [TestMethod]
    public void EveryPropertyNotDue_IsRefusedByName()
    {
        foreach (string name in Vocabulary.Properties.Where(known => !known.Value).Select(known => known.Key))
        {
            List<Diagnostic> problems = [];
            SettingsReader.Read(new Dictionary<string, string> { [name] = "x" }, 2, Declare.Project, problems);
            Assert.AreEqual("PEX1016", problems.Single().Code);
        }
    }

    [TestMethod]
    [DataRow("Require", "Requires")]
    [DataRow("Timout", "Timeout")]
    [DataRow("Claim", "Claims")]
    [DataRow("Requries", "Requires")]
    [DataRow("WorkingDir", null)]
    [DataRow("Colour", null)]
    [DataRow("Link", null)]
    [DataRow("Type", null)]
    public void UnknownMetadata_IsTheUsersOwnUnlessItLooksLikeASlip(string name, string? meant)
    {
        List<Diagnostic> problems = Declare.Read(Declare.Unit("a", (name, "x"))).Problems;
        Assert.HasCount(meant is null ? 0 : 1, problems);
        if (meant is not null)
        {
            Assert.AreEqual("PEX2002", problems[0].Code);
            Assert.AreEqual(Severity.Warning, problems[0].Severity);
            Assert.Contains($"\"{meant}\"", problems[0].Message);
        }
    }

    [TestMethod]
    public void WarningsOfAnotherPhase_AreLeftToIt() =>
        Assert.IsEmpty(Declare.Read(Declare.Unit("a", ("Timout", "x"), ("Phase", "BeforeBuild"))).Problems);

    [TestMethod]
    public void MisspeltPhase_IsToldInThePhaseMeant() =>
        Assert.AreEqual("PEX2002", Declare.Read(Declare.Unit("a", ("Phase", "AfterBiuld"))).Problems.Single().Code);

    [TestMethod]
    public void PatternThatMatchedNothing_IsNoUnit()
    {
        (UnitDefinition? unit, List<Diagnostic> problems) = Declare.Read(Declare.Unit("steps/*.sh", ("Command", "x")));
        Assert.IsNull(unit);
        Assert.AreEqual("PEX2004", problems.Single().Code);
        Assert.AreEqual(Severity.Message, problems.Single().Severity);
    }

    [TestMethod]
    public void ProjectDefaults_HoldWhereTheUnitSaysNothing()
    {
        ProjectSettings settings = new() { MaxParallel = 2, DefaultTimeout = TimeSpan.FromSeconds(7), OnCrash = Aftermath.Provide };
        UnitDefinition unit = Declare.Read(Declare.Unit("a"), settings).Unit!;
        Assert.AreEqual(TimeSpan.FromSeconds(7), unit.Timeout);
        Assert.AreEqual(Aftermath.Provide, unit.OnCrash);
        Assert.AreEqual("/project", unit.WorkingDirectory);
        Assert.IsNull(Declare.Read(Declare.Unit("a", ("Timeout", "0s")), settings).Unit!.Timeout);
    }

    [TestMethod]
    public void RelativePaths_AreMadeAbsolute() => Assert.AreEqual("/project/sub", Declare.ReadGood("WorkingDirectory", "x/../sub").WorkingDirectory);

    [TestMethod]
    public void Digest_ChangesWithTheDefinitionAndNotWithThePlace()
    {
        UnitDeclaration one = Declare.Unit("a", ("Command", "x"));
        string digest = Declare.Read(one).Unit!.Digest;
        Assert.StartsWith("sha256:", digest);
        Assert.AreEqual(digest, Declare.Read(one with { Source = new SourceLocation("/elsewhere.props", 3) }).Unit!.Digest);
        Assert.AreNotEqual(digest, Declare.Read(Declare.Unit("a", ("Command", "y"))).Unit!.Digest);
        Assert.AreNotEqual(
            Declare.Read(Declare.Unit("a", ("Executable", "x"), ("Arguments", "a b"))).Unit!.Digest,
            Declare.Read(Declare.Unit("a", ("Executable", "x"), ("Arguments", "a;b"))).Unit!.Digest);
    }

    [TestMethod]
    public void LastOfEqualEnvironmentVariables_Holds() =>
        Assert.AreEqual("B=2;A=3", string.Join(';', Declare.ReadGood("EnvironmentVariables", "A=1;B=2;A=3").Environment));

    [TestMethod]
    [DataRow("Galaxy")]
    [DataRow("2")]
    public void UnknownScope_IsRefused(string scope)
    {
        List<Diagnostic> problems = [];
        new ResourceReader(problems).Read(Declare.Resource("gpu", ("Scope", scope)));
        Assert.AreEqual("PEX1006", problems.Single().Code);
    }

    [TestMethod]
    public void ResourceWithoutAScope_ReachesAsFarAsTheNearestAboveIt()
    {
        List<Diagnostic> problems = [];
        IEnumerable<ResourceDefinition> resources = new ResourceReader(problems).ReadAll(
        [
            Declare.Resource("net/ipv4/tcp", ("Capacity", "2")),
            Declare.Resource("NET", ("Scope", "machine")),
            Declare.Resource("net/ipv6", ("Scope", "Project")),
            Declare.Resource("net/ipv6/udp"),
            Declare.Resource("disk"),
            Declare.Resource("disk/a", ("Scope", "Repository")),
        ]);
        Assert.AreEqual("Machine Machine Project Project Project Repository", string.Join(' ', resources.Select(resource => resource.Scope)));
        Assert.IsEmpty(problems);
    }

    [TestMethod]
    public void ResourceDeclaredWithTwoScopes_IsRefused()
    {
        List<Diagnostic> problems = [];
        new ResourceReader(problems).ReadAll([Declare.Resource("gpu", ("Scope", "Machine")), Declare.Resource("gpu", ("Scope", "Repository"))]);
        Assert.Contains("Scope=\"Repository\" contradicts Machine", problems.Single().Message);
    }

    [TestMethod]
    public void ResourceDeclaredTwice_MustAgree()
    {
        List<Diagnostic> problems = [];
        Assert.HasCount(1, new ResourceReader(problems).ReadAll([Declare.Resource("gpu", ("Capacity", "2")), Declare.Resource("GPU", ("Capacity", "2"))]));
        Assert.IsEmpty(problems);
        new ResourceReader(problems).ReadAll([Declare.Resource("gpu", ("Capacity", "2")), Declare.Resource("gpu")]);
        Assert.AreEqual("PEX1006", problems.Single().Code);
    }
}
