using Pexen.Execution.Local;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Engine.Tests.Planning;

/// <summary>Processors of slots (contract 2.9).</summary>
[TestClass]
public sealed class AffinityTests
{
    private static readonly int[][] TwoCores = [[0, 2], [1, 3]];

    [TestMethod]
    [DataRow(2, true, 2, 0)]
    [DataRow(1, true, 1, 0)]
    [DataRow(3, true, 2, 1)]
    [DataRow(8, false, 2, 0)]
    public void SlotsAndCores_FitOrAreAnErrorWhereSomebodySaidHowMany(int slots, bool given, int remaining, int errors)
    {
        List<Diagnostic> problems = [];

        ProjectSettings settings = AffinityRules.Apply(new ProjectSettings { MaxParallel = slots, Affinity = Affinity.Core }, TwoCores, given, Declare.Project, problems);

        Assert.AreEqual(remaining, settings.MaxParallel);
        Assert.AreSame(TwoCores, settings.SlotProcessors);
        Assert.HasCount(errors, problems);
        Assert.IsTrue(problems.TrueForAll(problem => problem.Code == "PEX1006" && problem.Message.Contains("PexenMaxParallel is 3, but there are only 2 cores here", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void TheSystemCannotBind_ThatIsAnError()
    {
        List<Diagnostic> problems = [];
        _ = AffinityRules.Apply(new ProjectSettings { MaxParallel = 2, Affinity = Affinity.Node }, null, true, Declare.Project, problems);
        Assert.Contains("PexenAffinity=\"Node\" is not to be had here", problems.Single().Message);
    }

    [TestMethod]
    [DataRow("0", "0")]
    [DataRow("0-3,8\n", "0 1 2 3 8")]
    [DataRow("", "")]
    public void AListOfTheKernel_IsRead(string list, string processors) =>
        Assert.AreEqual(processors, string.Join(' ', ProcessorGroups.Parse(list)));

    [TestMethod]
    [DataRow("Thread")]
    [DataRow("Core")]
    [DataRow("Node")]
    public void GroupsOfThisMachine_HaveEveryProcessorOnce(string affinity)
    {
        int[][] groups = ProcessorGroups.Of(Enum.Parse<Affinity>(affinity))!;

        int[] all = [.. groups.SelectMany(group => group)];
        Assert.AreEqual(Environment.ProcessorCount, all.Length);
        Assert.AreEqual(all.Length, all.Distinct().Count());
        Assert.IsTrue(affinity != "Thread" || groups.All(group => group.Length == 1));
    }
}
