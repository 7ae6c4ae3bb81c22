using System.Xml.Linq;
using Pexen.Tasks.Reading;

namespace Pexen.Tasks.Tests;

[TestClass]
public sealed class ProjectXmlTests
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"pexen-{Guid.NewGuid():N}.xml");

    [TestCleanup]
    public void Delete() => File.Delete(_file);

    [TestMethod]
    public void ItemInAList_IsFoundAtItsElement()
    {
        XElement? element = Load("<Project>\n <ItemGroup>\n  <PexenUnit Include=\"a; b\" />\n </ItemGroup>\n</Project>").Find(Place("b", 0));

        Assert.AreEqual((3, 3), ProjectXml.Position(element!));
    }

    [TestMethod]
    public void SameNameTwice_IsFoundAtTheOneAskedFor()
    {
        ProjectXml xml = Load("<Project>\n<PexenUnit Include=\"a\" />\n<PexenUnit Include=\"a\" />\n</Project>");

        Assert.AreEqual(2, ProjectXml.Position(xml.Find(Place("a", 0))!).Line);
        Assert.AreEqual(3, ProjectXml.Position(xml.Find(Place("a", 1))!).Line);
    }

    [TestMethod]
    public void NameMadeOfAProperty_IsNotFound() =>
        Assert.IsNull(Load("<Project><PexenUnit Include=\"$(A)\" /></Project>").Find(Place("value", 0)));

    [TestMethod]
    public void BrokenFile_HoldsNothing() => Assert.IsNull(Load("<Project>").Find(Place("a", 0)));

    [TestMethod]
    public void SameNameUnderTwoConditions_IsFoundByItsMetadata()
    {
        ProjectXml xml = Load("<Project>\n<PexenUnit Include=\"a\" Command=\"dir\" Condition=\"false\" />\n<PexenUnit Include=\"a\" Command=\"ls\" Condition=\"true\" />\n</Project>");

        Assert.AreEqual(3, ProjectXml.Position(xml.Find(Place("a", 0) with { Metadata = new Dictionary<string, string> { ["Command"] = "ls" } })!).Line);
    }

    private static ItemPlace Place(string include, int before) => new("PexenUnit", include, before, new Dictionary<string, string>());

    private ProjectXml Load(string text)
    {
        File.WriteAllText(_file, text);
        return new ProjectXml(_file);
    }
}
