using System.Collections;
using System.Collections.Immutable;
using Pexen.Records;

namespace Pexen;

/// <summary>Several results that a unit reports of itself, kept in order. Safe to be added to from several threads.</summary>
public sealed class ResultList : IReadOnlyCollection<ResultRecord>
{
    private static readonly string[] Statuses = ["pass", "fail", "info", "warn", "skip", "error"];

    private ImmutableList<ResultRecord> _results = [];

    internal ResultList()
    {
    }

    /// <summary>How many there are.</summary>
    public int Count => _results.Count;

    /// <summary>Adds a result.</summary>
    /// <param name="name">What it is a result of.</param>
    /// <param name="status"><c>pass</c>, <c>fail</c>, <c>info</c>, <c>warn</c>, <c>skip</c> or <c>error</c>. None of them changes the outcome of the unit.</param>
    /// <param name="note">A remark, or null.</param>
    /// <param name="files">Files that belong to it.</param>
    /// <exception cref="ArgumentException">The status is another.</exception>
    public void Add(string name, string status, string? note = null, params IEnumerable<string> files) =>
        Add(new ResultRecord(name, status, note, [.. files]));

    /// <summary>Adds a result.</summary>
    /// <exception cref="ArgumentException">Its status is none of the known ones.</exception>
    public void Add(ResultRecord result)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(result.Name, nameof(result));
        if (!Statuses.Contains(result.Status))
        {
            throw new ArgumentException($"'{result.Status}' is no status: allowed are {string.Join(", ", Statuses)}.", nameof(result));
        }

        ImmutableInterlocked.Update(ref _results, static (list, one) => list.Add(one), result);
    }

    /// <summary>In the order in which they were added.</summary>
    public IEnumerator<ResultRecord> GetEnumerator() => _results.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal IReadOnlyList<ResultRecord> ToList() => _results;
}
