using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Values;

namespace Pexen.Execution.Exchange;

/// <summary>Chooses which shared values become variables (rule 31). Says once for each key of a run why one does not.</summary>
internal sealed class HandoverVariables(Secrets secrets)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <param name="values">Presets included, in ordinal order of their keys.</param>
    /// <param name="unit">The unit that is about to get them, for messages.</param>
    /// <param name="say">Told of values without a variable (PEX4007).</param>
    public ImmutableArray<NamedValue> Choose(IReadOnlyList<KeyValuePair<string, string>> values, UnitDefinition unit, Action<Diagnostic> say)
    {
        Dictionary<string, List<string>> keysOf = new(values.Count, StringComparer.Ordinal);
        foreach ((string key, _) in values)
        {
            string name = SharedVariable.NameOf(key);
            if (!keysOf.TryGetValue(name, out List<string>? keys))
            {
                keysOf.Add(name, keys = []);
            }

            keys.Add(key);
        }

        ImmutableArray<NamedValue>.Builder variables = ImmutableArray.CreateBuilder<NamedValue>(values.Count);
        long room = SharedVariable.MostInAll;

        // Secrets first: they have no other way.
        foreach (bool secret in (ReadOnlySpan<bool>)[true, false])
        {
            foreach ((string key, string value) in values)
            {
                if (secrets.Contains(key) == secret)
                {
                    Add(key, value, keysOf[SharedVariable.NameOf(key)]);
                }
            }
        }

        return variables.DrainToImmutable();

        void Add(string key, string value, List<string> rivals)
        {
            string name = SharedVariable.NameOf(key);
            int size = SharedVariable.SizeOf(value);
            if (rivals.Count > 1 && !IsTheOnlySecret(key, rivals))
            {
                Say(key, () => Diagnostics.SharedKeysCollide(unit, name, rivals));
            }
            else if (size > SharedVariable.LongestValue)
            {
                Say(key, () => Diagnostics.SharedValueTooLong(unit, key, name, size, SharedVariable.LongestValue));
            }
            else if (size + name.Length > room)
            {
                Say(key, () => Diagnostics.SharedValuesTooMany(unit, key, name, SharedVariable.MostInAll));
            }
            else
            {
                room -= size + name.Length;
                variables.Add(new NamedValue(name, value));
            }
        }

        void Say(string key, Func<Diagnostic> make)
        {
            if (_told.Add(key))
            {
                say(make());
            }
        }
    }

    private bool IsTheOnlySecret(string key, List<string> rivals) => secrets.Contains(key) && rivals.Count(secrets.Contains) == 1;
}
