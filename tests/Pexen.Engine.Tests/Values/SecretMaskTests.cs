using System.Buffers;
using System.Text;
using Pexen.Values;

namespace Pexen.Engine.Tests.Values;

/// <summary>Rule 36: what is secret is not written, however it comes.</summary>
[TestClass]
public sealed class SecretMaskTests
{
    [TestMethod]
    [DataRow("x secret y", "x *** y")]
    [DataRow("secret", "***")]
    [DataRow("secretsecret", "******")]
    [DataRow("ssecret", "s***")]
    [DataRow("secre secr secret", "secre secr ***")]
    [DataRow("secretary", "***", DisplayName = "the longest that is there")]
    [DataRow("secretar", "***ar", DisplayName = "the shorter one where the longer is not there")]
    [DataRow("x retro secretro", "x r*** ***", DisplayName = "overlapping ones as one")]
    [DataRow("nothing", "nothing")]
    public void Text_IsMaskedHoweverItIsCut(string text, string expected)
    {
        SecretMask mask = SecretMask.For(["secret", "secretary", "etro"])!;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.AreEqual(expected, Masked(mask, bytes[..cut], bytes[cut..]), $"cut at {cut}");
        }

        Assert.AreEqual(expected, Masked(mask, [.. bytes.Select(one => new[] { one })]), "byte by byte");
    }

    [TestMethod]
    public void LinesOfASecret_AreMaskedEachAndTogether()
    {
        SecretMask mask = SecretMask.For(["-----BEGIN\r\nabcdef\n-----END"])!;

        Assert.AreEqual("a *** b\n***", mask.Apply("a abcdef b\n-----BEGIN"));
    }

    [TestMethod]
    public void ShortSecrets_AreNotMasked() => Assert.IsNull(SecretMask.For(["abc", ""]));

    private static string Masked(SecretMask mask, params byte[][] pieces)
    {
        var target = new ArrayBufferWriter<byte>();
        var stream = new MaskedStream(mask);
        foreach (byte[] piece in pieces)
        {
            stream.Write(piece, target);
        }

        stream.End(target);
        return Encoding.UTF8.GetString(target.WrittenSpan);
    }
}
