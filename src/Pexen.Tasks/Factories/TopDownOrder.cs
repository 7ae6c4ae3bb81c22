namespace Pexen.Tasks.Factories;

/// <summary>A folder's files before its folders, each in ordinal order: the same on every disk.</summary>
internal sealed class TopDownOrder : IComparer<FactoryItem>
{
    public static TopDownOrder Instance { get; } = new();

    public int Compare(FactoryItem? x, FactoryItem? y)
    {
        string[] one = Parts(x!);
        string[] other = Parts(y!);
        for (int level = 0; level < Math.Min(one.Length, other.Length); level++)
        {
            int kind = (level == other.Length - 1).CompareTo(level == one.Length - 1);
            int order = kind != 0 ? kind : string.CompareOrdinal(one[level], other[level]);
            if (order != 0)
            {
                return order;
            }
        }

        return one.Length.CompareTo(other.Length);
    }

    private static string[] Parts(FactoryItem item) =>
        (item.Below + Path.GetFileName(item.Include.Replace('\\', '/'))).Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries);
}
