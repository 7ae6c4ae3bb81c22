using System.Text;
using Pexen.Records;

namespace Pexen.Engine.Tests.Records;

[TestClass]
public sealed class LogFileNamesTests
{
    [TestMethod]
    [DataRow("build", "build.log")]
    [DataRow("a/b:c", "a%2Fb%3Ac.log")]
    [DataRow("a.b_c+d-e", "a.b_c+d-e.log")]
    [DataRow(".hidden", "%2Ehidden.log")]
    [DataRow("con.x", "%63on.x.log")]
    [DataRow("größe", "größe.log")]
    public void NameOfAUnit_IsReadableInTheNameOfItsLog(string unit, string expected) => Assert.AreEqual(expected, new LogFileNames().Next(unit));

    [TestMethod]
    public void LongNames_AreCutAndStayApart()
    {
        var names = new LogFileNames();
        string first = names.Next(new string('ü', 200) + "1");
        string second = names.Next(new string('ü', 200) + "2");

        Assert.AreNotEqual(first, second);
        Assert.IsTrue(Encoding.UTF8.GetByteCount(first) <= 120);
        Assert.IsTrue(Encoding.UTF8.GetByteCount(second) <= 120);
    }

    [TestMethod]
    public void SameNameTwice_HasTwoLogs()
    {
        var names = new LogFileNames();

        Assert.AreNotEqual(names.Next("a"), names.Next("A"), StringComparer.OrdinalIgnoreCase);
    }
}
