using System.Globalization;

namespace Pexen.Execution.Local;

/// <summary>
/// The processes below one, by the kernel's own lists of children: microseconds for a small tree, where reading the whole process table takes
/// milliseconds on a busy machine. It does not see who has lost its parents, and nothing where the kernel has no such lists.
/// </summary>
internal static unsafe class Descendants
{
    /// <summary>Links of a process's folder of threads when it has one thread: there is one for each, and two.</summary>
    private const uint LinksWithOneThread = 3;

    /// <summary>Nobody is to wait for us because of a program that forks faster than we read.</summary>
    private const int Most = 1000;

    /// <param name="process">Not among the answers.</param>
    /// <param name="found">Where they go.</param>
    public static void Read(int process, List<int> found)
    {
        found.Clear();
        AddChildren(process, found);
        for (int i = 0; i < found.Count && found.Count < Most; i++)
        {
            AddChildren(found[i], found);
        }
    }

    private static void AddChildren(int process, List<int> found)
    {
        string threads = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task");
        if (Libc.LinksOf(threads) <= LinksWithOneThread)
        {
            AddChildren(string.Create(CultureInfo.InvariantCulture, $"{threads}/{process}/children"), found);
            return;
        }

        try
        {
            foreach (string thread in Directory.EnumerateDirectories(threads))
            {
                AddChildren(thread + "/children", found);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // It has ended.
        }
    }

    private static void AddChildren(string file, List<int> found)
    {
        int descriptor = Libc.Open(file, Libc.ReadOnly | Libc.CloseOnExec);
        if (descriptor < 0)
        {
            return;
        }

        byte* text = stackalloc byte[4096];
        nint count = Libc.Read(descriptor, text, 4096);
        Libc.Close(descriptor);
        for (int i = 0, value = 0; i < count; i++)
        {
            if (text[i] != ' ')
            {
                value = (value * 10) + text[i] - '0';
                continue;
            }

            found.Add(value);
            value = 0;
        }
    }
}
