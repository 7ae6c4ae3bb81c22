using Pexen.Tasks.Results;

namespace Pexen.Tasks.Tests;

[TestClass]
public sealed class EscapedTextTests
{
    [TestMethod]
    [DataRow("plain/path.cs", "plain/path.cs")]
    [DataRow("a;b", "a%3bb")]
    [DataRow("100%(x)", "100%25%28x%29")]
    public void SpecialCharacters_BecomeTheirNumbers(string text, string expected) => Assert.AreEqual(expected, EscapedText.Escape(text));

    [TestMethod]
    public void Escaped_ReadsBackAsItWas()
    {
        const string text = "%*?@$();' grün \\";

        Assert.AreEqual(text, Uri.UnescapeDataString(EscapedText.Escape(text)));
    }
}
