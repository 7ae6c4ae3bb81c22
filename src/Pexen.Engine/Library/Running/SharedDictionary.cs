using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Pexen.Values;

namespace Pexen.Library;

/// <summary>
/// One unit's view of the shared values: what it wrote, else what it inherited, else the presets. Knows what was written. Guards itself: a delegate may have
/// threads of its own, and some of them may outlive it. When the unit has ended it is what the result shows.
/// </summary>
internal sealed class SharedDictionary(string unit, ValueSet<SharedValue> inherited, IReadOnlyDictionary<string, object?> presets)
    : IDictionary<string, object?>, IReadOnlyDictionary<string, object?>
{
    private readonly Dictionary<string, SharedValue> _written = new(StringComparer.Ordinal);
    private HashSet<string>? _removed;
    private bool _sealed;

    public ICollection<string> Keys => [.. ToDictionary().Keys];

    public ICollection<object?> Values => [.. ToDictionary().Values];

    IEnumerable<string> IReadOnlyDictionary<string, object?>.Keys => Keys;

    IEnumerable<object?> IReadOnlyDictionary<string, object?>.Values => Values;

    public int Count => ToDictionary().Count;

    public bool IsReadOnly => _sealed;

    public object? this[string key]
    {
        get => TryGetValue(key, out object? value)
            ? value
            : throw new KeyNotFoundException($"Unit '{unit}' has no shared value '{key}'. It inherits values only from units that it requires.");
        set
        {
            ArgumentNullException.ThrowIfNull(key);
            lock (_written)
            {
                ThrowIfSealed();
                _removed?.Remove(key);
                _written[key] = new SharedValue(value);
            }
        }
    }

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        ArgumentNullException.ThrowIfNull(key);
        lock (_written)
        {
            bool removed = _removed?.Contains(key) == true;
            if (_written.TryGetValue(key, out SharedValue? found) || (!removed && inherited.TryGet(key, out found)))
            {
                value = found.Value;
                return true;
            }

            value = null;
            return !removed && presets.TryGetValue(key, out value);
        }
    }

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public void Add(string key, object? value)
    {
        lock (_written)
        {
            if (ContainsKey(key))
            {
                throw new ArgumentException($"Unit '{unit}' has a shared value '{key}' already.", nameof(key));
            }

            this[key] = value;
        }
    }

    /// <summary>For this unit: what it inherited passes on to its dependents all the same.</summary>
    public bool Remove(string key)
    {
        lock (_written)
        {
            ThrowIfSealed();
            bool found = ContainsKey(key);
            if (found)
            {
                _written.Remove(key);
                (_removed ??= new HashSet<string>(StringComparer.Ordinal)).Add(key);
            }

            return found;
        }
    }

    public void Clear()
    {
        foreach (string key in Keys)
        {
            Remove(key);
        }
    }

    public void Add(KeyValuePair<string, object?> item) => Add(item.Key, item.Value);

    public bool Contains(KeyValuePair<string, object?> item) => TryGetValue(item.Key, out object? value) && Equals(value, item.Value);

    public bool Remove(KeyValuePair<string, object?> item) => Contains(item) && Remove(item.Key);

    public void CopyTo(KeyValuePair<string, object?>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object?>>)ToDictionary()).CopyTo(array, arrayIndex);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => ToDictionary().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The unit has ended: what it wrote, which nobody can change any more.</summary>
    public IReadOnlyCollection<KeyValuePair<string, SharedValue>> Seal()
    {
        lock (_written)
        {
            _sealed = true;
            return _written;
        }
    }

    private Dictionary<string, object?> ToDictionary()
    {
        Dictionary<string, object?> all = new(presets, StringComparer.Ordinal);
        foreach ((string key, SharedValue value) in inherited.ToSortedList())
        {
            all[key] = value.Value;
        }

        lock (_written)
        {
            foreach (string key in _removed ?? [])
            {
                all.Remove(key);
            }

            foreach ((string key, SharedValue value) in _written)
            {
                all[key] = value.Value;
            }
        }

        return all;
    }

    private void ThrowIfSealed()
    {
        if (_sealed)
        {
            throw new InvalidOperationException($"Unit '{unit}' has ended: its shared values cannot be changed any more.");
        }
    }
}
