using Pexen.Planning;

namespace Pexen.Engine.Tests.Planning;

[TestClass]
public sealed class MetadataTextTests
{
    [TestMethod]
    [DataRow("plain", "plain")]
    [DataRow("a%3Bb", "a;b")]
    [DataRow("%253B", "%3B", DisplayName = "Unescaped once")]
    [DataRow("100%", "100%")]
    [DataRow("%4", "%4")]
    [DataRow("%zz%20", "%zz ")]
    [DataRow("%%41", "%A")]
    [DataRow("%24%28x%29", "$(x)")]
    public void EscapedText_IsUnescapedOnce(string escaped, string expected) => Assert.AreEqual(expected, MetadataText.Unescape(escaped));

    [TestMethod]
    [DataRow("a;b", "a|b")]
    [DataRow(" a ;\n b ;; ", "a|b")]
    [DataRow("a%3Bb;c", "a;b|c", DisplayName = "An escaped semicolon is text")]
    [DataRow("a;\"\";b", "a||b", DisplayName = "Two quotes are an empty entry")]
    [DataRow("%20a;b", " a|b", DisplayName = "An escaped blank was meant")]
    [DataRow("-c;\"x y\"", "-c|\"x y\"")]
    public void Lists_AreSplitInTheEscapedText(string escaped, string expected) => Assert.AreEqual(expected, string.Join('|', MetadataText.Split(escaped)));

    [TestMethod]
    public void EmptyText_IsAnEmptyList() => Assert.IsEmpty(MetadataText.Split(" ; ;"));
}
