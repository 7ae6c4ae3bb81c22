using System.Globalization;

namespace Pexen.Execution.Local;

/// <summary>How much memory the machine has.</summary>
internal static class MachineMemory
{
    /// <summary>Bytes. Where the system does not say: what the runtime takes for it.</summary>
    public static long Total()
    {
        try
        {
            const string Row = "MemTotal:";
            foreach (string line in OperatingSystem.IsLinux() ? File.ReadLines("/proc/meminfo") : [])
            {
                if (line.StartsWith(Row, StringComparison.Ordinal))
                {
                    return long.Parse(line.AsSpan(Row.Length).Trim()[..^" kB".Length], CultureInfo.InvariantCulture) * 1024;
                }
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException)
        {
            // As on systems without that file.
        }

        return GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
    }
}
