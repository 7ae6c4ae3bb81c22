using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Pexen.Planning;

/// <summary>
/// The few metadata of one unit over those that many units share. Looked through in order: with a handful of names that is faster than hashing
/// them, and a hundred thousand units need no table each.
/// </summary>
/// <param name="own">Names and escaped texts in turn; no name twice.</param>
/// <param name="shared">What holds where the unit says nothing.</param>
internal sealed class UnitMetadata(string[] own, IReadOnlyDictionary<string, string> shared) : IReadOnlyDictionary<string, string>
{
    public IEnumerable<string> Keys => this.Select(pair => pair.Key);

    public IEnumerable<string> Values => this.Select(pair => pair.Value);

    public int Count => (own.Length / 2) + shared.Keys.Count(name => Find(name) < 0);

    public string this[string key] => TryGetValue(key, out string? text) ? text : throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        int at = Find(key);
        if (at < 0)
        {
            return shared.TryGetValue(key, out value);
        }

        value = own[at + 1];
        return true;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        for (int at = 0; at < own.Length; at += 2)
        {
            yield return new(own[at], own[at + 1]);
        }

        foreach (KeyValuePair<string, string> pair in shared)
        {
            if (Find(pair.Key) < 0)
            {
                yield return pair;
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Find(string name)
    {
        for (int at = 0; at < own.Length; at += 2)
        {
            if (own[at].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return at;
            }
        }

        return -1;
    }
}
