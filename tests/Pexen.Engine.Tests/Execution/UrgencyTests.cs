using Pexen.Execution.Local;

namespace Pexen.Engine.Tests.Execution;

[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class UrgencyTests
{
    /// <summary>In /proc a thread's policy is the field 41 of its stat, the third after the name and state being field 4.</summary>
    private const int Policy = 41 - 3;

    [TestMethod]
    public void ThreadWasUrgent_ItIsOrdinaryAgain()
    {
        bool granted = Libc.BeUrgent();
        int during = PolicyOfThisThread();
        bool twice = Libc.BeUrgent();

        Libc.BeOrdinary();

        Assert.AreEqual(granted ? 2 : 0, during);
        Assert.IsFalse(granted && twice, "who is urgent already is not to be made ordinary by whoever asks again");
        Assert.AreEqual(0, PolicyOfThisThread());
    }

    private static int PolicyOfThisThread()
    {
        string stat = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[Policy], null);
    }
}
