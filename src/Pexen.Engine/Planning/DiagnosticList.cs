using System.Collections;
using System.Collections.Immutable;

namespace Pexen.Planning;

/// <summary>Diagnostics in the order in which they were found, each once: a unit of several phases is checked in each.</summary>
internal sealed class DiagnosticList : ICollection<Diagnostic>
{
    private readonly List<Diagnostic> _list = [];
    private readonly HashSet<Diagnostic> _known = [];

    public bool HasErrors { get; private set; }

    public int Count => _list.Count;

    public bool IsReadOnly => false;

    public void Add(Diagnostic item)
    {
        if (_known.Add(item))
        {
            _list.Add(item);
            HasErrors |= item.Severity == Severity.Error;
        }
    }

    public ImmutableArray<Diagnostic> ToImmutable() => [.. _list];

    public bool Contains(Diagnostic item) => _known.Contains(item);

    public void CopyTo(Diagnostic[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

    public IEnumerator<Diagnostic> GetEnumerator() => _list.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What was found stays found.</summary>
    public void Clear() => throw new NotSupportedException();

    public bool Remove(Diagnostic item) => throw new NotSupportedException();
}
