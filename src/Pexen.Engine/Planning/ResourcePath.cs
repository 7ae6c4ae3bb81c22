namespace Pexen.Planning;

/// <summary>Names of resources as paths, compared without case.</summary>
internal static class ResourcePath
{
    /// <summary><c>net/ipv4/tcp</c> lies below <c>net/ipv4</c> and <c>net</c>; the nearest first.</summary>
    public static IEnumerable<string> Parents(string name)
    {
        for (int slash = name.LastIndexOf('/'); slash > 0; slash = name.LastIndexOf('/', slash - 1))
        {
            yield return name[..slash];
        }
    }

    public static bool IsAbove(string upper, string lower) =>
        lower.Length > upper.Length && lower[upper.Length] == '/' && lower.StartsWith(upper, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether both are one path, or one of them lies below the other: what holds on one may concern the other (rule 13).</summary>
    public static bool AreOnOnePath(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase) || IsAbove(one, other) || IsAbove(other, one);

    /// <summary>What is said of the path itself, or else of the nearest above it of which anything is said; null where nothing is.</summary>
    /// <param name="name">The path.</param>
    /// <param name="said">By path, compared without case.</param>
    public static T? NearestOf<T>(string name, IReadOnlyDictionary<string, T> said)
        where T : class
    {
        if (said.TryGetValue(name, out T? own))
        {
            return own;
        }

        foreach (string parent in Parents(name))
        {
            if (said.TryGetValue(parent, out T? above))
            {
                return above;
            }
        }

        return null;
    }
}
