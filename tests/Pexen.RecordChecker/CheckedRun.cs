using Pexen.RecordChecking.Input;
using Pexen.RecordChecking.Replay;

namespace Pexen.RecordChecking;

/// <summary>The run under examination: its record, what the caller vouches for, and what the replay found out about each unit.</summary>
internal sealed class CheckedRun
{
    private readonly Dictionary<string, UnitTrace> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _provideOnFailure;
    private readonly HashSet<string> _tolerated;

    public CheckedRun(RunFile file, CheckOptions options, Complaints complaints)
    {
        File = file;
        Complaints = complaints;
        MaxFailures = options.MaxFailures;
        _provideOnFailure = new(options.ProvideOnFailure, StringComparer.OrdinalIgnoreCase);
        _tolerated = new(options.ContinueOnError, StringComparer.OrdinalIgnoreCase);
        TolerateWhatOnlyWarns();
        Groups = new GroupTable(file, complaints);
        foreach (UnitEntry unit in file.Units)
        {
            UnitGroup? group = Groups.Find(unit.Group);
            var trace = new UnitTrace(unit, group, Math.Min(unit.Slots, Groups.SlotsFor(group)));
            Units.Add(trace);
            if (!_byName.TryAdd(unit.Name, trace))
            {
                complaints.Add(Rule.Completeness, "two units have this name", unit.Name);
            }
        }
    }

    public RunFile File { get; }

    public Complaints Complaints { get; }

    public GroupTable Groups { get; }

    public List<UnitTrace> Units { get; } = [];

    public int MaxFailures { get; set; }

    public UnitTrace? Find(string? name) => name is null ? null : _byName.GetValueOrDefault(name);

    public bool MayProvideOnFailure(UnitTrace unit) => _provideOnFailure.Contains(unit.Name);

    /// <summary>Whether a failure of the unit is known not to fail the run.</summary>
    public bool IsTolerated(UnitTrace unit) => _tolerated.Contains(unit.Name);

    /// <summary>A failure that is only a warning is one under <c>ContinueOnError</c>: severity is what that changes.</summary>
    private void TolerateWhatOnlyWarns()
    {
        Dictionary<string, string?> codes = new(StringComparer.OrdinalIgnoreCase);
        foreach (UnitEntry unit in File.Units)
        {
            codes[unit.Name] = unit.Code;
        }

        foreach (DiagnosticEntry diagnostic in File.Diagnostics)
        {
            if (diagnostic.Unit is not null && diagnostic.Severity == "warning"
                && codes.TryGetValue(diagnostic.Unit, out string? code) && code == diagnostic.Code)
            {
                _tolerated.Add(diagnostic.Unit);
            }
        }
    }
}
