using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Pexen.Tasks;

/// <summary>Those of the new items that are not there yet: a default glob may already have picked up the file of an earlier build.</summary>
[MSBuildMultiThreadableTask]
public sealed class JoinOutputs : Microsoft.Build.Utilities.Task
{
    /// <summary>What joins; <c>AddTo</c> is taken off.</summary>
    [Required]
    public ITaskItem[] New { get; set; } = [];

    /// <summary>What is there.</summary>
    public ITaskItem[] Existing { get; set; } = [];

    /// <summary>What paths are relative to.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>What to add.</summary>
    [Output]
    public ITaskItem[] Joining { get; set; } = [];

    /// <inheritdoc />
    public override bool Execute()
    {
        HashSet<string> there = [.. Existing.Select(FullPath)];
        Joining = [.. New.Where(item => there.Add(FullPath(item))).Select(Stripped)];
        return true;
    }

    private string FullPath(ITaskItem item) => Path.GetFullPath(item.ItemSpec.Replace('\\', '/'), ProjectDirectory);

    private static TaskItem Stripped(ITaskItem item)
    {
        var joining = new TaskItem(item);
        joining.RemoveMetadata("AddTo");
        return joining;
    }
}
