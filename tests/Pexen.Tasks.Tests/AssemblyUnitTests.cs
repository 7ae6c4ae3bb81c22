using Pexen.Model;
using Pexen.Planning;
using Pexen.Tasks.Factories;

namespace Pexen.Tasks.Tests;

/// <summary>Methods of an assembly as units: which, in what order, with what metadata.</summary>
[TestClass]
public sealed class AssemblyUnitTests
{
    private const string Type = "Pexen.Tasks.Tests.MarkedMethods";

    private static readonly string Assembly = typeof(AssemblyUnitTests).Assembly.Location;

    private readonly List<AbsentAssembly> _absent = [];
    private readonly List<Diagnostic> _problems = [];

    [TestMethod]
    [TestCategory("PX-37")]
    [TestCategory("PX-38")]
    public void MarkedMethods_AreUnitsInTheOrderOfTypesAndSource()
    {
        List<UnitDeclaration> units = Expand(Assembly, ("Timeout", "90s"), ("Claims", "db"));

        Assert.AreEqual(
            $"second-in-the-alphabet another {Type}.Ape {Type}+Inner.Deep",
            string.Join(' ', units.Select(unit => unit.Metadata.GetValueOrDefault("Name", unit.Include))));
        UnitDeclaration zebra = units[0];
        Assert.AreEqual("a;b%3B c", zebra.Metadata["Arguments"]);
        Assert.AreEqual("x [1,2)", zebra.Metadata["Requires"]);
        Assert.AreEqual("5s", zebra.Metadata["Timeout"]);
        Assert.AreEqual("db", zebra.Metadata["Claims"]);
        Assert.AreEqual($"{Type}.Zebra", zebra.Metadata["Method"]);
        Assert.AreEqual("90s", units[1].Metadata["Timeout"]);
        Assert.AreEqual("BeforeBuild", units[1].Metadata["Phase"]);
        Assert.AreEqual("Pexen Tasks Tests MarkedMethods Inner Deep", string.Join(' ', units[3].Origin!.Path));
        Diagnostic problem = _problems.Single();
        Assert.AreEqual("PEX1006", problem.Code);
        Assert.Contains($"\"{Type}.Hidden\" is no unit: the method is not public", problem.Message);
    }

    [TestMethod]
    [TestCategory("PX-39")]
    [DataRow("TestUn*", Type + ".TestUnmarked")]
    [DataRow("Test*;Nobody", Type + ".TestUnmarked " + Type + "+Inner.TestDeep")]
    [DataRow("*.MarkedMethods.Over*", Type + ".Overlooked")]
    [DataRow("test*", "")]
    public void Methods_TakesUnmarkedOnes(string pattern, string names)
    {
        IEnumerable<UnitDeclaration> units = Expand(Assembly, ("Methods", pattern)).Where(unit => unit.Include.StartsWith(Type, StringComparison.Ordinal));

        string[] marked = [$"{Type}.Zebra", $"{Type}.Ape", $"{Type}+Inner.Deep"];
        Assert.AreEqual(names, string.Join(' ', units.Select(unit => unit.Include).Except(marked)));
        Assert.IsFalse(units.Any(unit => unit.Metadata.ContainsKey("Methods")));
    }

    [TestMethod]
    public void AssemblyThatIsNotThere_IsKeptForThePhaseOfItsUnits()
    {
        Assert.IsEmpty(Expand("/no/such.dll", ("Phase", "AfterPack")));

        Assert.IsEmpty(_problems);
        Assert.IsTrue(Phases.MayAsk(_absent.Single().Declaration, new PhaseRun("AfterPack", RunPer.Project)));
        Assert.IsFalse(Phases.MayAsk(_absent.Single().Declaration, new PhaseRun("BeforeBuild", RunPer.Project)));
    }

    [TestMethod]
    public void FileThatIsNoAssembly_IsNamed()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "no assembly");

        Assert.IsEmpty(Expand(file));

        File.Delete(file);
        Assert.Contains(file, _problems.Single().Message);
    }

    private List<UnitDeclaration> Expand(string path, params (string Key, string Value)[] metadata)
    {
        List<UnitDeclaration> units = [];
        FactoryItem item = new(
            AssemblyUnits.ItemType,
            path,
            "",
            metadata.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase),
            new SourceLocation("app.csproj"));
        AssemblyUnits.Expand([item], "/nowhere", units, _absent, _problems);
        return units;
    }
}
