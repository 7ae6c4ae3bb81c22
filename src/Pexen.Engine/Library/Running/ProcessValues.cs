using Pexen.Execution.Exchange;
using Pexen.Model;

namespace Pexen.Library;

/// <summary>
/// Values of units that are other processes (rules 29, 31): hands each what it inherits as text, and reads what it wrote. Used by one thread alone, the lane's,
/// for it writes files and calls code of whoever made the values.
/// </summary>
/// <param name="folder">Where the files are.</param>
/// <param name="presets">What every unit inherits.</param>
/// <param name="say">Told of values that cannot be handed over.</param>
internal sealed class ProcessValues(string folder, IReadOnlyDictionary<string, object?> presets, Action<Diagnostic> say)
{
    private readonly Dictionary<int, Handover> _running = [];
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private Handovers<SharedValue>? _handovers;

    /// <exception cref="IOException">They cannot be written.</exception>
    public InheritedVariables HandOver(UnitAttempt attempt)
    {
        _handovers ??= new Handovers<SharedValue>(
            folder, [.. presets.Select(preset => new KeyValuePair<string, SharedValue>(preset.Key, new SharedValue(preset.Value)))], new Secrets([], [], _ => null), ToText);
        Handover handover = _handovers.Take(attempt.Inherited, attempt.Definition, say);
        _running[attempt.Index] = handover;
        NamedValue[] ours = SideFileNames.Variables(handover, StemOf(attempt));
        return new InheritedVariables(InheritedVariables.Named(attempt.InheritedEnvironment), attempt.InheritedFolders, ours);
    }

    /// <summary>Null when it wrote nothing.</summary>
    public WrittenValues? Read(UnitAttempt attempt)
    {
        if (!_running.Remove(attempt.Index, out Handover? handover))
        {
            return null;
        }

        _handovers!.Return(handover);
        return WrittenValues.Read(attempt.Definition, StemOf(attempt));
    }

    private string StemOf(UnitAttempt attempt) => SideFileNames.Stem(folder, attempt.LogFile!, attempt.Number);

    private string? ToText(string key, SharedValue value, UnitDefinition unit, Action<Diagnostic> say)
    {
        string? text = ValueText.Of(value.Value, out string? why);
        if (why is not null && _told.Add(key))
        {
            say(Diagnostics.SharedValueNotCarried(unit, key, value.Value!.GetType(), why));
        }

        return why is null ? text ?? "" : null;
    }
}
