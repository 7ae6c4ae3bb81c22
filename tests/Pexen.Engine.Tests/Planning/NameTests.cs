using Pexen.Model;

namespace Pexen.Engine.Tests.Planning;

[TestClass]
public sealed class NameTests
{
    [TestMethod]
    [DataRow("a")]
    [DataRow("steps/gen/schema.sh")]
    [DataRow("a:b+c-d_e.f")]
    [DataRow("Überprüfung")]
    [DataRow("проверка")]
    [DataRow("検査/データ")]
    [DataRow("परीक्षण", DisplayName = "Vowel signs are marks")]
    [DataRow("٣اختبار")]
    [DataRow("𝒜", DisplayName = "Beyond the first plane")]
    public void NameOfAnyScript_IsTaken(string name)
    {
        (UnitDefinition? unit, List<Diagnostic> problems) = Declare.Read(Declare.Unit(name));
        Assert.IsEmpty(problems);
        Assert.AreEqual(name, unit!.Name);
        Assert.AreEqual(new Capability(name, null), unit.Provides.Single());
    }

    [TestMethod]
    public void NameOf200Characters_IsTaken() => Assert.IsEmpty(Declare.Read(Declare.Unit(new string('n', 200))).Problems);

    [TestMethod]
    [DataRow("a b")]
    [DataRow("a%3Bb")]
    [DataRow("a,b")]
    [DataRow("a|b")]
    [DataRow("a%2A")]
    [DataRow("../a")]
    [DataRow("a..b")]
    [DataRow("/a")]
    [DataRow("a/")]
    [DataRow("a\\b")]
    [DataRow("a%0Ab")]
    [DataRow("😀")]
    [DataRow("")]
    public void BadName_IsRefused(string include)
    {
        List<Diagnostic> problems = Declare.Read(Declare.Unit(include)).Problems;
        Assert.HasCount(1, problems);
        Assert.AreEqual("PEX1006", problems[0].Code);
        Assert.Contains("letters and digits of any script", problems[0].Message);
        Assert.DoesNotContain("\n", problems[0].Message);
    }

    [TestMethod]
    public void NameMetadata_WinsOverInclude() => Assert.AreEqual("b", Declare.ReadGood("Name", "b").Name);

    [TestMethod]
    public void OwnNameListedWithVersion_IsProvidedWithItAlone() =>
        Assert.AreEqual("a 1.2", string.Join(';', Declare.ReadGood("Provides", "A 1.2").Provides).ToLowerInvariant());
}
