using System.Globalization;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Pexen.Model;
using Pexen.Records;
using Pexen.Tasks.Running;

namespace Pexen.Tasks.Results;

/// <summary>What a run gives back to the project: results, files that join items, files that clean removes.</summary>
internal sealed class ResultItems(string projectDirectory, Action<Diagnostic> say)
{
    private readonly ExportedProperties _properties = new(say);
    private readonly List<ITaskItem> _outputs = [];
    private readonly List<ITaskItem> _results = [];
    private readonly List<ITaskItem> _added = [];
    private readonly List<ITaskItem> _fileWrites = [];

    public ITaskItem[] Results => [.. _results];

    public ITaskItem[] Added => [.. _added];

    public ITaskItem[] FileWrites => [.. _fileWrites];

    /// <summary>All files that units declared and made.</summary>
    public ITaskItem[] Outputs => [.. _outputs];

    /// <summary>What units set, by name.</summary>
    public ITaskItem[] Properties => _properties.Items;

    /// <param name="record">The record of a run.</param>
    /// <param name="folder">Where it lies; logs are relative to it.</param>
    /// <param name="definitions">Of the units in it, for what the record does not say.</param>
    public void Add(RunRecord record, string folder, IEnumerable<UnitDefinition> definitions)
    {
        Dictionary<string, UnitDefinition> byName = definitions.DistinctBy(unit => unit.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(unit => unit.Name, StringComparer.OrdinalIgnoreCase);
        foreach (UnitRecord unit in record.Units)
        {
            TaskItem result = Result(unit, folder);
            _results.Add(result);
            if (byName.TryGetValue(unit.Name, out UnitDefinition? definition))
            {
                if (definition.ContinueOnError == FailureTolerance.ErrorAndContinue)
                {
                    result.SetMetadata("ContinueOnError", nameof(FailureTolerance.ErrorAndContinue));
                }

                AddOutputs(unit, definition);
                _properties.Add(unit, definition, folder);
            }
            else if (unit.AddedBy is not null)
            {
                // Added during the run, with nothing to say to the build; or the record is that of another instance, which told that one.
                AddOutputs(unit, new UnitDefinition { Name = unit.Name, WorkingDirectory = "" });
            }
        }
    }

    /// <summary>Only what sets properties, of a run that was another instance's.</summary>
    public void AddProperties(RunRecord record, string folder, IEnumerable<UnitDefinition> definitions)
    {
        foreach (UnitDefinition definition in definitions.Where(ExportedProperties.Any))
        {
            if (record.Units.FirstOrDefault(unit => unit.Name.Equals(definition.Name, StringComparison.OrdinalIgnoreCase)) is UnitRecord unit)
            {
                _properties.Add(unit, definition, folder);
            }
        }
    }

    private void AddOutputs(UnitRecord unit, UnitDefinition definition)
    {
        foreach (OutputRecord output in unit.Outputs)
        {
            string path = Path.GetFullPath(output.Path, projectDirectory);
            var made = new TaskItem(EscapedText.Escape(output.Path));
            made.SetMetadata("Unit", EscapedText.Escape(unit.Name));
            _outputs.Add(made);
            // MSBuild's own clean deletes what is in FileWrites, wherever a link on the way may lead.
            if (definition.CleanOutputs && !LinkedPath.PassesLink(projectDirectory, path))
            {
                _fileWrites.Add(new TaskItem(EscapedText.Escape(path)));
            }

            if (definition.AddTo is string itemType)
            {
                var item = new TaskItem(EscapedText.Escape(output.Path));
                item.SetMetadata("AddTo", itemType);
                item.SetMetadata("PexenUnit", unit.Name);
                foreach (NamedValue metadata in definition.AddToMetadata)
                {
                    item.SetMetadata(metadata.Key, metadata.Value);
                }

                _added.Add(item);
            }
        }
    }

    private static TaskItem Result(UnitRecord unit, string folder)
    {
        var item = new TaskItem(EscapedText.Escape(unit.Name));
        item.SetMetadata("Outcome", unit.Outcome);
        item.SetMetadata("ExitCode", unit.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "");
        item.SetMetadata("Duration", unit.DurationMs is double ms ? TimeSpan.FromMilliseconds(ms).ToString("c", CultureInfo.InvariantCulture) : "");
        item.SetMetadata("Attempts", unit.Attempts.Length.ToString(CultureInfo.InvariantCulture));
        item.SetMetadata("Log", unit.Log is string log ? Path.GetFullPath(log, folder) : "");
        item.SetMetadata("Reason", unit.Reason ?? "");
        return item;
    }
}
