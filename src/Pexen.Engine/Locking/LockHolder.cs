using System.Globalization;

namespace Pexen.Locking;

/// <summary>Who holds a lock, as its neighbour file says: for people, never for decisions.</summary>
/// <param name="ProcessId">Of the holder.</param>
/// <param name="Command">How it was started.</param>
/// <param name="Since">When it took the lock.</param>
/// <param name="BuildId">The build that it belongs to; empty where that is not known.</param>
internal sealed record LockHolder(int ProcessId, string Command, DateTimeOffset Since, string BuildId = "")
{
    public static LockHolder Current => new(Environment.ProcessId, Environment.CommandLine, DateTimeOffset.UtcNow);

    public void Write(string path)
    {
        string text = $"{ProcessId.ToString(CultureInfo.InvariantCulture)}\n{Since:O}\n{Command.ReplaceLineEndings(" ")}\n{BuildId}\n";
        try
        {
            File.WriteAllText(path, text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The lock holds without it; a second build just cannot say for whom it waits.
        }
    }

    public static LockHolder? Read(string path)
    {
        try
        {
            string[] lines = File.ReadAllLines(path);
            return lines.Length >= 3
                && int.TryParse(lines[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out int process)
                && DateTimeOffset.TryParse(lines[1], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTimeOffset since)
                    ? new LockHolder(process, lines[2], since, lines.Length > 3 ? lines[3] : "")
                    : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"process {ProcessId} ({Command}), since {Since.ToLocalTime():yyyy-MM-dd HH:mm:ss}");
}
