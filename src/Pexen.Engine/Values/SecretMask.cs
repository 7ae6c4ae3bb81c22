using System.Buffers;
using System.Text;

namespace Pexen.Values;

/// <summary>The values that are never to be written, each in place of which <c>***</c> stands (rule 36). Immutable.</summary>
internal sealed class SecretMask
{
    /// <summary>A shorter one would blot out half of everything, and tell its length besides.</summary>
    public const int ShortestMasked = 4;

    public const string Stars = "***";

    private readonly byte[][] _secrets;

    private SecretMask(byte[][] secrets)
    {
        _secrets = secrets;
        FirstBytes = SearchValues.Create([.. secrets.Select(secret => secret[0]).Distinct()]);
    }

    /// <summary>Bytes that any of them begins with.</summary>
    public SearchValues<byte> FirstBytes { get; }

    /// <summary>Null when there is nothing to mask. Of a value of several lines each is masked, however they are put together later.</summary>
    public static SecretMask? For(IEnumerable<string> values)
    {
        HashSet<string> all = new(StringComparer.Ordinal);
        foreach (string value in values)
        {
            all.Add(value);
            all.UnionWith(value.Split('\n').Select(line => line.TrimEnd('\r')));
        }

        all.RemoveWhere(value => value.Length < ShortestMasked);
        return all.Count == 0 ? null : new SecretMask([.. all.Select(Encoding.UTF8.GetBytes)]);
    }

    /// <summary>How many bytes at the beginning are a secret: the longest that is there, or 0.</summary>
    /// <param name="bytes">What comes.</param>
    /// <param name="mayGoOn">Whether a secret, perhaps a longer one, begins here and goes on beyond the end.</param>
    public int Match(ReadOnlySpan<byte> bytes, out bool mayGoOn)
    {
        int longest = 0;
        mayGoOn = false;
        foreach (byte[] secret in _secrets)
        {
            if (bytes.Length >= secret.Length)
            {
                longest = secret.Length > longest && bytes.StartsWith(secret) ? secret.Length : longest;
            }
            else
            {
                mayGoOn |= secret.AsSpan().StartsWith(bytes);
            }
        }

        return longest;
    }

    /// <summary>A text without any of them.</summary>
    public string Apply(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var masked = new ArrayBufferWriter<byte>(bytes.Length + Stars.Length);
        var stream = new MaskedStream(this);
        stream.Write(bytes, masked);
        stream.End(masked);
        return masked.WrittenSpan.SequenceEqual(bytes) ? text : Encoding.UTF8.GetString(masked.WrittenSpan);
    }
}
