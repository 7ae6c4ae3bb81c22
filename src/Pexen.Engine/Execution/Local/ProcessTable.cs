using System.Globalization;
using System.Text;

namespace Pexen.Execution.Local;

/// <summary>Reads /proc. A process that ends meanwhile is simply not there; nothing here throws for it.</summary>
internal static class ProcessTable
{
    /// <summary>All processes that we can see, by their ids. About 15 microseconds for each.</summary>
    public static Dictionary<int, ProcessEntry> ReadAll()
    {
        var all = new Dictionary<int, ProcessEntry>();
        foreach (string folder in Folders())
        {
            if (int.TryParse(folder.AsSpan("/proc/".Length), CultureInfo.InvariantCulture, out int pid) && Read(pid) is { } entry)
            {
                all[pid] = entry;
            }
        }

        return all;
    }

    private static string[] Folders()
    {
        try
        {
            return Directory.GetDirectories("/proc");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public static ProcessEntry? Read(int pid)
    {
        Span<byte> buffer = stackalloc byte[512];
        ReadOnlySpan<byte> text = ReadFile($"/proc/{pid}/stat", buffer);
        int open = text.IndexOf((byte)'(');
        int close = text.LastIndexOf((byte)')');
        if (open < 0 || close < open + 1 || close + 4 > text.Length)
        {
            return null;
        }

        // pid (name) state ppid pgrp session ...; the name may hold blanks and parentheses.
        string name = Encoding.UTF8.GetString(text[(open + 1)..close]);
        ReadOnlySpan<byte> rest = text[(close + 4)..];
        return new(pid, name, (char)text[close + 2], Number(ref rest), Number(ref rest), Number(ref rest));
    }

    /// <summary>Processor time of a process, its own and not that of its children; null when it has ended.</summary>
    public static TimeSpan? UsedTime(int pid)
    {
        const int TicksPerSecond = 100;
        Span<byte> buffer = stackalloc byte[512];
        ReadOnlySpan<byte> text = ReadFile($"/proc/{pid}/stat", buffer);
        int close = text.LastIndexOf((byte)')');
        if (close < 0 || close + 4 > text.Length)
        {
            return null;
        }

        // After the name and the state come ten numbers that are of no interest, then user and system time. The kernel counts in hundredths for programs.
        ReadOnlySpan<byte> rest = text[(close + 4)..];
        for (int field = 0; field < 10; field++)
        {
            rest = rest[(rest.IndexOf((byte)' ') + 1)..];
        }

        return TimeSpan.FromSeconds((Number(ref rest) + (double)Number(ref rest)) / TicksPerSecond);
    }

    /// <summary>Bytes of a process that are in memory; 0 when it has ended.</summary>
    public static long ResidentBytes(int pid)
    {
        // Its size in pages, and what of that is in memory.
        Span<byte> buffer = stackalloc byte[256];
        ReadOnlySpan<byte> text = ReadFile($"/proc/{pid}/statm", buffer);
        if (text.IsEmpty)
        {
            return 0;
        }

        text = text[(text.IndexOf((byte)' ') + 1)..];
        return (long)Number(ref text) * Environment.SystemPageSize;
    }

    /// <summary>The same, but of pages that several processes share each has its share. 0 when it has ended or may not be looked at.</summary>
    public static long ProportionalBytes(int pid)
    {
        Span<byte> buffer = stackalloc byte[2048];
        return Kilobytes(ReadFile($"/proc/{pid}/smaps_rollup", buffer), "\nPss:"u8);
    }

    /// <summary>The most that it had in memory since it began to run its program.</summary>
    public static long PeakBytes(int pid)
    {
        Span<byte> buffer = stackalloc byte[4096];
        return Kilobytes(ReadFile($"/proc/{pid}/status", buffer), "\nVmHWM:"u8);
    }

    private static long Kilobytes(ReadOnlySpan<byte> text, ReadOnlySpan<byte> row)
    {
        int at = text.IndexOf(row);
        if (at < 0)
        {
            return 0;
        }

        text = text[(at + row.Length)..].TrimStart((byte)' ').TrimStart((byte)'\t').TrimStart((byte)' ');
        return Number(ref text) * 1024L;
    }

    /// <summary>Whether the process was started with all of these variables (<c>NAME=value</c>). False when we may not look.</summary>
    public static bool HasVariables(int pid, params ReadOnlySpan<string> variables)
    {
        byte[]? block = ReadWhole($"/proc/{pid}/environ");
        if (block is null)
        {
            return false;
        }

        foreach (string variable in variables)
        {
            byte[] wanted = Encoding.UTF8.GetBytes("\0" + variable + "\0");
            if (!block.AsSpan().StartsWith(wanted.AsSpan(1)) && block.AsSpan().IndexOf(wanted) < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A row of /proc/PID/limits, as written there.</summary>
    public static bool Limit(int pid, string row, out string soft, out string hard)
    {
        (soft, hard) = ("", "");
        Span<byte> buffer = stackalloc byte[4096];
        ReadOnlySpan<byte> text = ReadFile($"/proc/{pid}/limits", buffer);
        int start = text.IndexOf(Encoding.UTF8.GetBytes(row));
        if (start < 0)
        {
            return false;
        }

        text = text[(start + row.Length)..];
        int end = text.IndexOf((byte)'\n');
        string[] columns = Encoding.UTF8.GetString(end < 0 ? text : text[..end]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (columns.Length < 2)
        {
            return false;
        }

        (soft, hard) = (columns[0], columns[1]);
        return true;
    }

    /// <summary>The command line with blanks between its arguments; empty when it cannot be read.</summary>
    public static string CommandLine(int pid) =>
        ReadWhole($"/proc/{pid}/cmdline") is { } bytes ? Encoding.UTF8.GetString(bytes).Replace('\0', ' ') : "";

    private static unsafe ReadOnlySpan<byte> ReadFile(string path, Span<byte> buffer)
    {
        int file = Libc.Open(path, Libc.ReadOnly);
        if (file < 0)
        {
            return default;
        }

        fixed (byte* start = buffer)
        {
            nint count = Libc.Read(file, start, buffer.Length);
            Libc.Close(file);
            return count > 0 ? buffer[..(int)count] : default;
        }
    }

    private static byte[]? ReadWhole(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static int Number(ref ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)' ');
        bool read = int.TryParse(text[..end], CultureInfo.InvariantCulture, out int value);
        text = text[(end + 1)..];
        return read ? value : 0;
    }
}
