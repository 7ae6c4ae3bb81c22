using Pexen.Execution;
using Pexen.Model;

namespace Pexen.Benchmarks.Launching;

/// <summary>Requests as the task would send them, for a supervisor without MSBuild.</summary>
internal static class Requests
{
    public static RunRequest Many(string directory, Work work, int count, int width)
    {
        Directory.CreateDirectory(directory);
        return new RunRequest
        {
            RunId = $"{DateTime.UtcNow:yyyyMMddTHHmmssZ}-{Random.Shared.Next(0x10000):x4}",
            BuildId = Guid.NewGuid().ToString("N"),
            ProjectFile = Path.Combine(directory, "launch.csproj"),
            ProjectName = "launch.csproj",
            Phase = "AfterBuild",
            Folder = Path.Combine(directory, "AfterBuild"),
            MaxParallel = width,
            Plan = new Plan { Units = [.. Enumerable.Range(0, count).Select(index => Unit(index, work, directory))] },
        };
    }

    private static PlannedUnit Unit(int index, Work work, string directory) => new()
    {
        Index = index,
        Rank = index,
        Definition = new UnitDefinition
        {
            Name = $"u{index}",
            Work = work,
            WorkingDirectory = directory,
            Provides = [new Capability($"u{index}", null)],
        },
    };
}
