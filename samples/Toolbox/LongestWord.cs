namespace Toolbox;

/// <summary>Called in a worker process, so it and its method are public, and its argument and its result are text.</summary>
public static class LongestWord
{
    public static async Task<string> InFolder(string folder, CancellationToken cancellation)
    {
        string longest = "";
        foreach (string file in Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal))
        {
            foreach (string word in (await File.ReadAllTextAsync(file, cancellation)).Split([.. " \n.,#()[]"], StringSplitOptions.RemoveEmptyEntries))
            {
                longest = word.Length > longest.Length ? word : longest;
            }
        }

        return longest;
    }
}
