using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Planning;
using static Pexen.Engine.Tests.Planning.Declare;

namespace Pexen.Engine.Tests.Planning;

/// <summary>Groups as they are declared and named.</summary>
[TestClass]
public sealed class GroupTests
{
    [TestMethod]
    public void Group_IsReadWithItsWidthAndPlace()
    {
        (ImmutableArray<GroupDefinition> groups, List<Diagnostic> problems) = Read(
            Group("vm", ("MaxParallel", "5"), ("Exclusive", "true")), Group("small", ("Group", "VM")), Group("VM", ("Exclusive", "True"), ("MaxParallel", "5")));
        Assert.IsEmpty(problems);
        CollectionAssert.AreEqual(
            new[] { new GroupDefinition("vm", 5, true, null, Declare.Project), new GroupDefinition("small", null, false, "VM", Declare.Project) }, groups.ToArray());
    }

    [TestMethod]
    [DataRow("vm", "MaxParallel", "0", "PEX1006")]
    [DataRow("vm", "MaxParallel", "all", "PEX1006")]
    [DataRow("vm", "Exclusive", "perhaps", "PEX1006")]
    [DataRow("vm", "Group", "a b", "PEX1006")]
    [DataRow("v m", "Exclusive", "true", "PEX1006")]
    [DataRow("vm", "MaxParalel", "1", "PEX2002")]
    [DataRow("vm", "Timeout", "soon", "PEX1006")]
    public void BadGroup_IsToldWithNameAndMetadata(string name, string metadata, string value, string code)
    {
        Diagnostic problem = Read(Group(name, (metadata, value))).Problems.Single();
        Assert.AreEqual(code, problem.Code);
        Assert.Contains(name == "vm" ? metadata : "Include", problem.Message);
        Assert.StartsWith($"Group \"{name}\"", problem.Message);
    }

    [TestMethod]
    public void GroupDeclaredTwice_MustAgree()
    {
        Diagnostic problem = Read(Group("vm", ("MaxParallel", "5")), Group("VM", ("Exclusive", "true"))).Problems.Single();
        Assert.AreEqual("PEX1006", problem.Code);
        Assert.Contains("MaxParallel=\"\" Exclusive=\"true\" Group=\"\" contradicts MaxParallel=\"5\" Exclusive=\"false\"", problem.Message);
    }

    [TestMethod]
    public void UnitNamesItsGroup()
    {
        Assert.AreEqual("vm/small", ReadGood("Group", " vm/small ").Group);
        Assert.AreEqual("PEX1006", ReadBad("Group", "two groups").Code);
    }

    [TestMethod]
    public void PlanHasTheGroups_AndEverybodyNamesThemAsTheyWereDeclared()
    {
        Plan plan = Good(Project("vm", [new GroupDefinition("Lab", 2, true), new GroupDefinition("VM", 1, false, "LAB")]));
        Assert.AreEqual("VM", plan.Units[0].Definition.Group);
        CollectionAssert.AreEqual(new[] { "Lab in ", "VM in Lab" }, plan.Groups.Select(group => $"{group.Name} in {group.Parent}").ToArray());
    }

    [TestMethod]
    [DataRow("lab", 4)]
    [DataRow("small", 4)]
    [DataRow("quiet", 2)]
    [DataRow("vm", 3)]
    [DataRow(null, 3)]
    public void UnitTooWide_IsAsWideAsItsExclusiveGroupLetsItBe(string? group, int slots)
    {
        PlanRequest request = Project(
            group, [new GroupDefinition("lab", 4, true), new GroupDefinition("small", 1, false, "lab"), new GroupDefinition("quiet", 2, true, "Lab"), new GroupDefinition("vm", 1, false)]);
        PlanResult result = Planner.Plan(request with { MaxParallel = 3, Units = [request.Units[0] with { Slots = 9 }] });
        Assert.AreEqual(slots, result.Plan!.Units[0].Definition.Slots);
        Assert.Contains($"it runs with {slots}", result.Diagnostics.Single().Message);
    }

    [TestMethod]
    public void UnknownGroup_IsToldWithTheNearestName()
    {
        Diagnostic problem = OneProblem(Project("runers", [new GroupDefinition("runners", 2, false)]));
        Assert.AreEqual("PEX1011", problem.Code);
        Assert.AreEqual("a", problem.Unit);
        Assert.Contains("Did you mean \"runners\"?", problem.Message);
        Assert.Contains("Declare <PexenGroup Include=\"vm\" />", OneProblem(Project("vm", [])).Message);
        Assert.StartsWith("Group \"small\": Group=\"vm\"", OneProblem(Project(null, [new GroupDefinition("small", 2, false, "vm")])).Message);
    }

    [TestMethod]
    [DataRow("a", "a in a")]
    [DataRow("b", "a in b in c in a")]
    public void GroupInsideItself_IsRefusedOnce(string parent, string circle)
    {
        Diagnostic problem = OneProblem(Project(
            "outside", [new GroupDefinition("outside", 1, false, "a"), new GroupDefinition("a", 1, false, parent), new GroupDefinition("b", 1, false, "C"), new GroupDefinition("c", 1, false, "A")]));
        Assert.AreEqual("PEX1006", problem.Code);
        Assert.StartsWith("Group \"a\"", problem.Message);
        Assert.EndsWith($"{circle}.", problem.Message);
    }

    [TestMethod]
    public void PlanThatIsPrinted_NamesGroups()
    {
        Plan plan = Good(Project("vm", [new GroupDefinition("lab", null, true), new GroupDefinition("vm", 3, false, "lab")]));
        string text = PlanText.Write(new PlanView(plan, AfterBuild, 4, new Dictionary<string, double>()));
        Assert.Contains("     group vm\n", text);
        Assert.Contains("\ngroups\n  lab, exclusive\n  vm, in lab, at most 3 at a time\n", text);
    }

    private static GroupDeclaration Group(string include, params (string Name, string Value)[] metadata) =>
        new(include, metadata.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase), Declare.Project);

    private static (ImmutableArray<GroupDefinition> Groups, List<Diagnostic> Problems) Read(params GroupDeclaration[] declarations)
    {
        List<Diagnostic> problems = [];
        return (new GroupReader(problems).ReadAll(declarations), problems);
    }

    private static PlanRequest Project(string? group, ImmutableArray<GroupDefinition> groups)
    {
        PlanRequest request = Request(Unit("a"));
        return request with { Units = [request.Units[0] with { Group = group }], Groups = groups };
    }
}
