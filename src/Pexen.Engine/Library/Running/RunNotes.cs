using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Library;

/// <summary>What is to be said of a run besides the results of its units.</summary>
internal sealed class RunNotes(ImmutableArray<Diagnostic> ofPlanning)
{
    private readonly List<Diagnostic> _notes = [.. ofPlanning];
    private Dictionary<SkipCause, List<UnitDefinition>>? _skipped;

    public void Add(Diagnostic note) => _notes.Add(note);

    /// <summary>It is not so any more.</summary>
    public void Remove(Diagnostic note) => _notes.Remove(note);

    public void AddSkip(SkipCause cause, UnitDefinition unit)
    {
        _skipped ??= [];
        if (!_skipped.TryGetValue(cause, out List<UnitDefinition>? units))
        {
            _skipped.Add(cause, units = []);
        }

        units.Add(unit);
    }

    /// <summary>One note for each root of skips, not one for each unit: a failure at the bottom of a large plan skips thousands.</summary>
    public void AddSkips(Func<SkipCause, string> describe)
    {
        foreach ((SkipCause cause, List<UnitDefinition> units) in _skipped ?? [])
        {
            Add(Diagnostics.UnitsSkipped(units, describe(cause), tolerable: false));
        }

        _skipped = null;
    }

    public ImmutableArray<Diagnostic> ToImmutable() => [.. _notes];
}
