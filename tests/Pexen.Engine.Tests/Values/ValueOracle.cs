namespace Pexen.Engine.Tests.Values;

/// <summary>Rule 29 as it is read, with whole sets of everything: what each unit of a run inherits.</summary>
internal sealed class ValueOracle
{
    private readonly Dictionary<(int Unit, string Key), int> _winner = [];
    private readonly Dictionary<int, HashSet<int>> _above = [];
    private readonly Dictionary<(int Unit, string Key), string> _written = [];
    private readonly HashSet<int> _provided = [];

    /// <summary>Writer and value of every key, and the keys on which there is a conflict.</summary>
    public (Dictionary<string, (int Writer, string Value)> Values, List<string> Conflicts) Inherit(int unit, IReadOnlyList<int> providers, IEnumerable<string> keys)
    {
        List<int> there = [.. providers.Where(_provided.Contains)];
        _above[unit] = [.. there.SelectMany(provider => _above[provider].Append(provider))];
        Dictionary<string, (int, string)> values = [];
        List<string> conflicts = [];
        foreach (string key in keys.Order(StringComparer.Ordinal))
        {
            List<int> winners = [.. there.Where(provider => WinnerOf(provider, key) is not null).Select(provider => WinnerOf(provider, key)!.Value)];
            if (winners.Count == 0)
            {
                continue;
            }

            List<int> writers = [.. _above[unit].Where(one => _written.ContainsKey((one, key)))];
            bool Superseded(int writer) => writers.Any(other => _above[other].Contains(writer));
            List<int> standing = [.. winners.Where(writer => !Superseded(writer))];
            int chosen = standing.Count > 0 ? standing[^1] : writers.Where(writer => !Superseded(writer)).Max();
            if (standing.Select(writer => _written[(writer, key)]).Distinct().Count() > 1)
            {
                conflicts.Add(key);
            }

            _winner[(unit, key)] = chosen;
            values[key] = (chosen, _written[(chosen, key)]);
        }

        return (values, conflicts);
    }

    public void Provide(int unit, IEnumerable<KeyValuePair<string, string>> written)
    {
        _provided.Add(unit);
        foreach ((string key, string value) in written)
        {
            _written[(unit, key)] = value;
        }
    }

    private int? WinnerOf(int unit, string key) => _written.ContainsKey((unit, key)) ? unit : _winner.TryGetValue((unit, key), out int winner) ? winner : null;
}
