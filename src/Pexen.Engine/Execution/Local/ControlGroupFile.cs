using System.Globalization;

namespace Pexen.Execution.Local;

/// <summary>The files in the folder of a control group. What is refused, or is not there, is an answer and no fault.</summary>
internal static class ControlGroupFile
{
    public static string? Read(string group, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(group, file));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static bool Write(string group, string file, string text)
    {
        try
        {
            // Never a new file: such a folder is no control group.
            using var stream = new FileStream(Path.Combine(group, file), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            stream.Write(System.Text.Encoding.ASCII.GetBytes(text));
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>A number of a file with a name and a number in each line; 0 where it has none.</summary>
    public static long Count(string group, string file, string name)
    {
        foreach (string line in Read(group, file)?.Split('\n') ?? [])
        {
            if (line.Length > name.Length && line[name.Length] == ' ' && line.StartsWith(name, StringComparison.Ordinal))
            {
                return long.TryParse(line.AsSpan(name.Length + 1), CultureInfo.InvariantCulture, out long count) ? count : 0;
            }
        }

        return 0;
    }

    /// <summary>It stays while there are processes or groups in it.</summary>
    public static void Remove(string group)
    {
        try
        {
            Directory.Delete(group);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Who comes after us tries again.
        }
    }
}
