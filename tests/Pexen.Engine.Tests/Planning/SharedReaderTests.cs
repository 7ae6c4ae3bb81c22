using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Engine.Tests.Planning;

[TestClass]
public sealed class SharedReaderTests
{
    private readonly List<Diagnostic> _problems = [];

    [TestMethod]
    public void Presets_AreReadInOrder_ValuesUntrimmedAndUnescaped()
    {
        string presets = Read(("b", " x%3By ", null), ("a", "", "true"));

        Assert.AreEqual("b= x;y |a (secret)", presets);
        Assert.IsEmpty(_problems);
    }

    [TestMethod]
    public void SamePresetTwice_IsOne()
    {
        Assert.AreEqual("a=1", Read(("a", "1", null), ("a", "1", "false")));
        Assert.IsEmpty(_problems);
    }

    [TestMethod]
    public void KeysThatDifferInCase_AreTwo() => Assert.AreEqual("a=1|A=2", Read(("a", "1", null), ("A", "2", null)));

    [TestMethod]
    [DataRow("a", "1", "", "a", "2", "", "PEX1006", "is preset here and")]
    [DataRow("a", "1", "", "a", "1", "true", "PEX1006", "is preset here and")]
    [DataRow("a%3Db", "1", "", "x", "1", "", "PEX1006", "A key is a word")]
    [DataRow("a%3C%3Cb", "1", "", "x", "1", "", "PEX1006", "A key is a word")]
    [DataRow("a", "1", "perhaps", "x", "1", "", "PEX1006", "Allowed are true and false")]
    [DataRow("a.b", "12345", "true", "a-b", "1", "", "PEX1006", "PEXEN_SHARED_A_B")]
    [DataRow("a", "123", "true", "x", "1", "", "PEX2006", "has 3 characters and is not masked")]
    public void BadPreset_IsTold(string key, string value, string secret, string otherKey, string otherValue, string otherSecret, string code, string says)
    {
        Read((key, value, secret), (otherKey, otherValue, otherSecret));

        Diagnostic problem = _problems.Single();
        Assert.AreEqual(code, problem.Code);
        StringAssert.Contains(problem.Message, says, StringComparison.Ordinal);
    }

    [TestMethod]
    public void SecretLongerThanAVariable_IsAnErrorThatDoesNotTellIt()
    {
        Read(("a", new string('x', 40_000), "true"));

        Assert.AreEqual("PEX1006", _problems.Single().Code);
        Assert.IsLessThan(1000, _problems.Single().Message.Length);
    }

    [TestMethod]
    public void MisspeltMetadata_IsTold()
    {
        new SharedReader(_problems).ReadAll([new SharedDeclaration("a", new Dictionary<string, string> { ["Secrt"] = "true" }, new SourceLocation("p"))]);

        Assert.AreEqual("PEX2002", _problems.Single().Code);
    }

    private string Read(params (string Key, string Value, string? Secret)[] presets) => string.Join('|', new SharedReader(_problems).ReadAll(
        [.. presets.Select(one => new SharedDeclaration(
            one.Key, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Value"] = one.Value, ["Secret"] = one.Secret ?? "" }, new SourceLocation("p")))]));
}
