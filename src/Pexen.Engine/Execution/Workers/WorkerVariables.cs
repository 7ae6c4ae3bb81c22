using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Execution.Workers;

/// <summary>
/// Tells in what the environment of a unit differs from the one its worker was started with: a handful of variables of a hundred, and sending
/// all of them would take longer than the call.
/// </summary>
internal sealed class WorkerVariables
{
    private readonly Dictionary<string, string> _base;

    public WorkerVariables(ImmutableArray<NamedValue> environment)
    {
        _base = new Dictionary<string, string>(environment.Length, OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (NamedValue variable in environment)
        {
            _base[variable.Key] = variable.Value;
        }
    }

    public (List<NamedValue> Set, List<string> Unset) Changes(ImmutableArray<NamedValue> environment)
    {
        List<NamedValue> set = [];
        List<string> unset = [];
        int there = 0;
        foreach (NamedValue variable in environment)
        {
            bool known = _base.TryGetValue(variable.Key, out string? value);
            there += known ? 1 : 0;
            if (!known || value != variable.Value)
            {
                set.Add(variable);
            }
        }

        if (there < _base.Count)
        {
            HashSet<string> names = new(_base.Comparer);
            foreach (NamedValue variable in environment)
            {
                names.Add(variable.Key);
            }

            foreach (string name in _base.Keys)
            {
                if (!names.Contains(name))
                {
                    unset.Add(name);
                }
            }
        }

        return (set, unset);
    }
}
