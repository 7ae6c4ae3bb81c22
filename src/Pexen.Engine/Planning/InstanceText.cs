namespace Pexen.Planning;

/// <summary>Names of the instances of a counted resource: parts of a path, as in <c>gpu/0</c>.</summary>
internal static class InstanceText
{
    public static string? Parse(string text, out string value)
    {
        value = text;
        return NameText.Parse(text, out _) is null && !text.Contains('/')
            ? null
            : "The name of an instance has letters and digits of any script and _ . + - :, and no .. or /";
    }

    /// <summary>Null where each is there once and as many as there are tokens.</summary>
    public static string? WhyNot(IReadOnlyList<string> instances, int? capacity)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (string instance in instances)
        {
            if (!names.Add(instance))
            {
                return $"{Diagnostics.Quote(instance)} is there twice; each instance has a name of its own, and case does not count";
            }
        }

        return capacity is { } tokens && tokens != instances.Count
            ? $"These are {instances.Count} names for Capacity=\"{tokens}\"; give one for each token, or leave Capacity out"
            : null;
    }
}
