using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Pexen.Model;
using Pexen.Records;

namespace Pexen.Tasks.Results;

/// <summary>The properties that units set by what they wrote: <c>OutputProperty</c> and <c>ExportProperties</c>.</summary>
internal sealed class ExportedProperties(Action<Diagnostic> say)
{
    /// <summary>A property is copied into every project instance and into the environment of many tools.</summary>
    private const int Longest = 64 * 1024;

    private readonly List<ITaskItem> _properties = [];

    public ITaskItem[] Items => [.. _properties];

    /// <summary>Whether a unit sets any.</summary>
    public static bool Any(UnitDefinition unit) => unit.OutputProperty is not null || !unit.ExportProperties.IsEmpty;

    /// <param name="unit">What became of the unit.</param>
    /// <param name="definition">What it is.</param>
    /// <param name="folder">Where the record lies; logs are relative to it.</param>
    public void Add(UnitRecord unit, UnitDefinition definition, string folder)
    {
        if (!Any(definition) || !(Enum.TryParse(unit.Outcome, out Outcome outcome) && outcome.IsSuccess()))
        {
            return;
        }

        if (definition.OutputProperty is string property)
        {
            if (ReadOutput(unit, folder) is string output)
            {
                Add(property, output);
            }
            else
            {
                say(Diagnostics.OutputTooLongForProperty(definition, property, Longest));
            }
        }

        foreach (NamedValue export in definition.ExportProperties)
        {
            if (unit.Shared.TryGetValue(export.Key, out string? value))
            {
                Add(export.Value, value);
            }
            else
            {
                say(Diagnostics.NothingToExport(definition, export.Key, export.Value, unit.Shared.Keys));
            }
        }
    }

    private void Add(string property, string value)
    {
        var item = new TaskItem(property);
        item.SetMetadata("Value", EscapedText.Escape(value));
        _properties.Add(item);
    }

    /// <summary>Null when there is too much of it.</summary>
    private static string? ReadOutput(UnitRecord unit, string folder)
    {
        if (unit.Log is null)
        {
            return "";
        }

        var log = new FileInfo(Path.GetFullPath(unit.Log, folder));
        return !log.Exists ? "" : log.Length > Longest ? null : File.ReadAllText(log.FullName, Encoding.UTF8).Trim();
    }
}
