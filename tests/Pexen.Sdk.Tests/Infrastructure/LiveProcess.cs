using System.Globalization;

namespace Pexen.Sdk.Tests.Infrastructure;

/// <summary>A process as /proc shows it. One that has ended but that nobody has asked for its end is not alive.</summary>
internal sealed record LiveProcess(int Id, int Parent, int Group, string CommandLine)
{
    /// <summary>Lives between builds, and is meant to.</summary>
    public bool IsNode => CommandLine.Contains("/nodemode:", StringComparison.Ordinal);

    public bool IsWorkerNode => CommandLine.Contains("/nodemode:1 ", StringComparison.Ordinal);

    public bool IsSupervisor => CommandLine.Contains("Pexen.Host.dll", StringComparison.Ordinal);

    /// <summary>All that were started with one of these variables, written as <c>NAME=value</c>.</summary>
    public static IReadOnlyList<LiveProcess> With(params string[] variables)
    {
        List<LiveProcess> found = [];
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id)
                && Read($"{folder}/environ") is string environment
                && environment.Split('\0').Any(variables.Contains)
                && Find(id) is LiveProcess process)
            {
                found.Add(process);
            }
        }

        return found;
    }

    /// <summary>Null when there is no such process, or none that is alive.</summary>
    public static LiveProcess? Find(int id)
    {
        if (Read($"/proc/{id}/stat") is not string status)
        {
            return null;
        }

        // pid (name) state ppid pgrp ...; the name may hold anything.
        string[] fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
        string commandLine = Read($"/proc/{id}/cmdline")?.Replace('\0', ' ') ?? "";
        return fields[0] is "Z" or "X" ? null : new LiveProcess(id, Number(fields[1]), Number(fields[2]), commandLine);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string? Read(string file)
    {
        try
        {
            string text = File.ReadAllText(file);
            return text.Length == 0 ? null : text;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
