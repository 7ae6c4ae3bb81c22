using System.Collections.Immutable;
using Pexen.Library;

namespace Pexen;

/// <summary>What a delegate is told about its unit, and what it can say back. It belongs to one attempt of one unit.</summary>
public sealed class UnitContext
{
    private readonly UnitAttempt _attempt;
    private SharedDictionary? _shared;
    private ResultList? _results;
    private ImmutableList<Unit>? _added;

    internal UnitContext(UnitAttempt attempt) => (_attempt, Attempt) = (attempt, attempt.Number);

    /// <summary>Name of the unit.</summary>
    public string Name => _attempt.Unit.Name;

    /// <summary>Which attempt of the unit this is, counted from 1: more than 1 after <see cref="Unit.Retries"/>.</summary>
    public int Attempt { get; }

    /// <summary>The first of its slots, counted from 1.</summary>
    public int Slot => _attempt.Slot;

    /// <summary>How many slots it occupies: how wide it may be itself.</summary>
    public int Slots => _attempt.Slots;

    /// <summary>
    /// Which instances of resources it has, by the names of the resources: those that came with its tokens, and those it names itself. In the order of
    /// declaration; a resource that it has none of is not there.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Instances => _attempt.Instances;

    /// <summary>What <see cref="Unit.Arguments"/> says.</summary>
    public IReadOnlyDictionary<string, object?> Arguments => _attempt.Unit.Arguments;

    /// <summary>Signalled when the unit should end: its time is up, the run was cancelled, or whoever reads the results went away.</summary>
    public CancellationToken CancellationToken => _attempt.Token;

    /// <summary>
    /// The unit's own copy of the values that it inherits: what the units it requires wrote, or inherited themselves, and the presets. What is written
    /// here passes to its dependents if it provides. The copy is shallow: a value that is itself changed is changed for all who have it.
    /// Safe for several threads; when the unit has ended nothing can be written any more.
    /// </summary>
    public IDictionary<string, object?> Shared => _shared ??= _attempt.MakeShared();

    /// <summary>Several results of this unit, beside what the delegate returns.</summary>
    public ResultList Results => _results ??= new ResultList();

    /// <summary>
    /// Adds units to the run. They are looked at when this unit has ended: all are added, or, if anything is wrong with them, none, and this unit fails
    /// with PEX1013. If this unit does not provide they are dropped. They belong to this run only.
    /// </summary>
    public void Add(params IEnumerable<Unit> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        ImmutableList<Unit> all = [.. units];
        if (all.Contains(null!))
        {
            throw new ArgumentException("A unit is null.", nameof(units));
        }

        _added = (_added ?? []).AddRange(all);
    }

    internal SharedDictionary? WrittenShared => _shared;

    internal ResultList? WrittenResults => _results;

    internal ImmutableList<Unit>? AddedUnits => _added;
}
