namespace Pexen.TestChild;

internal static class Waiting
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static int ForFile(string file)
    {
        DateTime end = DateTime.UtcNow + Longest;
        while (DateTime.UtcNow < end)
        {
            if (File.Exists(file))
            {
                return 0;
            }

            Thread.Sleep(5);
        }

        return 3;
    }

    /// <summary>Writes its id to the file, if one is named, once it is ready to be killed.</summary>
    public static void TillKilled(string ready, TimeSpan? atMost = null)
    {
        if (ready.Length > 0)
        {
            File.WriteAllText(ready + ".tmp", Environment.ProcessId.ToString());
            File.Move(ready + ".tmp", ready, overwrite: true);
        }

        Thread.Sleep(atMost ?? Longest);
    }
}
