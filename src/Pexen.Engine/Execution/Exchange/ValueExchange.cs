using System.Collections.Immutable;
using Pexen.Execution.Dispatching;
using Pexen.Execution.Workers;
using Pexen.Model;
using Pexen.Values;

namespace Pexen.Execution.Exchange;

/// <summary>
/// What units of a run say to each other: hands each what it inherits when it starts, and reads what it wrote when it has ended (rules 4, 19, 29, 31).
/// A unit that says nothing costs a few variables and as many looks for a file.
/// </summary>
internal sealed class ValueExchange
{
    private readonly string _folder;
    private readonly Handovers<string> _handovers;
    private readonly SharedValues<string> _shared = new();
    private readonly SharedValues<string> _environment = new();
    private readonly InheritedFolders _folders = new();
    private readonly Dictionary<int, Handover> _running = [];
    private bool _prepared;
    private int _turn;

    /// <param name="presets">What every unit inherits.</param>
    /// <param name="masks">Environment variables whose values are never written.</param>
    /// <param name="folder">The folder of side files; made when the first process is about to start.</param>
    public ValueExchange(ImmutableArray<SharedPreset> presets, ImmutableArray<string> masks, string folder)
    {
        _folder = folder;
        Secrets = new Secrets(presets, masks, System.Environment.GetEnvironmentVariable);
        _handovers = new Handovers<string>(
            folder, [.. presets.Select(preset => new KeyValuePair<string, string>(preset.Key, preset.Value))], Secrets, static (_, value, _, _) => value);
    }

    public Secrets Secrets { get; }

    /// <summary>To be called when a unit starts.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="units">All.</param>
    /// <param name="say">Told of conflicts and of values that fit no variable.</param>
    /// <param name="failure">Why its values cannot be handed over, or null.</param>
    public InheritedVariables Start(UnitRun unit, IReadOnlyList<UnitRun> units, Action<Diagnostic> say, out string? failure)
    {
        failure = null;
        unit.StartTurn = ++_turn;
        int index = unit.Unit.Index;
        IReadOnlyList<int> providers = Providers(unit.Unit);
        ValueSet<string> values = _shared.Inherit(index, providers, out IReadOnlyList<ValueConflict> conflicts);
        Report(unit, units, "shared value", conflicts, say);
        ValueSet<string> environment = _environment.Inherit(index, providers, out conflicts);
        Report(unit, units, "environment variable", conflicts, say);
        ImmutableArray<string> folders = _folders.Inherit(index, providers);
        if (unit.IsMilestone)
        {
            return InheritedVariables.None;
        }

        foreach ((string variable, string value) in unit.Definition.Environment)
        {
            Secrets.Add(variable, value);
        }

        try
        {
            Prepare();
            Handover handover = _handovers.Take(values, unit.Definition, say);
            _running[index] = handover;
            return new InheritedVariables(InheritedVariables.Named(environment), folders, SideFileNames.Variables(handover, StemOf(unit), SideFileNames.Units));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            failure = $"its shared values cannot be written to '{_folder}': {exception.Message}";
            return InheritedVariables.None;
        }
    }

    /// <summary>To be called when an attempt has ended: reads what it wrote.</summary>
    /// <returns>Null when it wrote nothing.</returns>
    public WrittenValues? Read(UnitRun unit)
    {
        if (!_running.Remove(unit.Unit.Index, out Handover? handover))
        {
            return null;
        }

        _handovers.Return(handover);
        return WrittenValues.Read(unit.Definition, StemOf(unit));
    }

    /// <summary>To be called when a service is ready: reads what it wrote so far.</summary>
    /// <returns>Null when it wrote nothing.</returns>
    public WrittenValues? ReadSoFar(UnitRun unit) => _running.ContainsKey(unit.Unit.Index) ? WrittenValues.Read(unit.Definition, StemOf(unit)) : null;

    /// <summary>To be called when it is known how the unit ended: what counts, counts from now on; the rest is only recorded.</summary>
    public void Account(UnitRun unit, WrittenValues? written, bool provided)
    {
        int index = unit.Unit.Index;
        unit.Provided = provided;
        if (written is not null)
        {
            foreach ((string key, string value) in written.Shared)
            {
                if (Secrets.Contains(key))
                {
                    Secrets.Add(value);
                }
            }

            foreach ((string variable, string value) in written.Environment)
            {
                Secrets.Add(variable, value);
            }

            unit.Written = written.Shared;
            unit.Results = written.Results;
        }

        if (provided)
        {
            unit.ProvidedTurn = ++_turn;
            _shared.Provide(index, written is null ? null : Masked(written.Shared));
            _environment.Provide(index, written?.Environment);
            _folders.Provide(index, written?.Folders);
        }
        else
        {
            // For those who clean up after it, and for nobody else (rule 25). What it inherited is as good as what it wrote (rule 29).
            _shared.Leave(index, written is null ? null : Masked(written.Shared));
            _environment.Leave(index, written?.Environment);
            _folders.Leave(index, written?.Folders);
        }
    }

    /// <summary>What a unit wrote, as it may be recorded.</summary>
    public ImmutableDictionary<string, string> ToRecord(IReadOnlyList<KeyValuePair<string, string>>? written) =>
        written is null
            ? ImmutableDictionary<string, string>.Empty
            : ImmutableDictionary.CreateRange(Masked(written).Select(pair => Secrets.Contains(pair.Key) ? new(pair.Key, SecretMask.Stars) : pair));

    /// <summary>Nothing of this outlives the run.</summary>
    public void Finish()
    {
        if (!_prepared)
        {
            return;
        }

        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next run of this phase removes it.
        }
    }

    /// <summary>A value that has a secret in it would be written for others to read; a secret key's own value never is.</summary>
    private List<KeyValuePair<string, string>> Masked(IReadOnlyList<KeyValuePair<string, string>> written)
    {
        List<KeyValuePair<string, string>> masked = new(written.Count);
        foreach ((string key, string value) in written)
        {
            masked.Add(new(key, Secrets.Contains(key) ? value : Secrets.Apply(value)));
        }

        return masked;
    }

    private void Prepare()
    {
        if (!_prepared)
        {
            Directory.CreateDirectory(_folder);
            _prepared = true;
        }
    }

    /// <summary>The file in which an attempt of the unit adds others.</summary>
    public string UnitsOf(UnitRun unit) => StemOf(unit) + SideFileNames.Units;

    private string StemOf(UnitRun unit) => SideFileNames.Stem(_folder, unit.FirstLogFile!, unit.Attempt);

    /// <summary>Each once, in the order in which they are declared. Of those that have not provided nobody inherits, so they need not be told apart.</summary>
    private IReadOnlyList<int> Providers(PlannedUnit unit)
    {
        if (_shared.IsEmpty && _environment.IsEmpty && _folders.IsEmpty)
        {
            return [];
        }

        SortedSet<int> providers = [];
        SortedSet<int>? finalized = null;
        foreach (Dependency dependency in unit.Dependencies)
        {
            if (dependency.Kind == DependencyKind.Finalizes)
            {
                (finalized ??= []).Add(dependency.Unit);
            }
            else if (dependency.Kind != DependencyKind.After)
            {
                providers.Add(dependency.Unit);
            }
        }

        if (finalized is null)
        {
            return [.. providers];
        }

        // What a unit left that did not provide has a place of its own, where only these look.
        providers.UnionWith(finalized);
        return [.. providers.SelectMany(provider => finalized.Contains(provider) ? new[] { provider, SharedValues<string>.LeftBy(provider) } : [provider])];
    }

    private static void Report(UnitRun unit, IReadOnlyList<UnitRun> units, string what, IReadOnlyList<ValueConflict> conflicts, Action<Diagnostic> say)
    {
        foreach (ValueConflict conflict in conflicts)
        {
            // Every method that returns something has this one: nobody chose the key, so nobody can choose another.
            if (conflict.Key == WorkerReply.ReturnKey)
            {
                continue;
            }

            say(Diagnostics.SharedValuesConflict(
                unit.Definition, what, conflict.Key, units[conflict.Winner].Definition.Name, [.. conflict.Losers.Select(loser => $"'{units[loser].Definition.Name}'")]));
        }
    }
}
