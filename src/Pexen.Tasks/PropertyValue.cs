using Microsoft.Build.Framework;

namespace Pexen.Tasks;

/// <summary>Hands a value on so that an output of the task sets a property by it: an element of the project file cannot have a name that is only known later.</summary>
[MSBuildMultiThreadableTask]
public sealed class PropertyValue : Microsoft.Build.Utilities.Task
{
    /// <summary>What the property is to be, as <c>Value</c>, which is never split, whatever is in it. Of several the last holds.</summary>
    [Required]
    public ITaskItem[] Items { get; set; } = [];

    /// <summary>The same, literally: MSBuild escapes what a task gives back as text.</summary>
    [Output]
    public string Value { get; set; } = "";

    /// <inheritdoc />
    public override bool Execute()
    {
        Value = Items[^1].GetMetadata("Value");
        return true;
    }
}
