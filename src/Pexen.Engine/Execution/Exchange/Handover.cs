using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Execution.Exchange;

/// <summary>One set of values as units get it: a file for all who inherit just this set, and their variables.</summary>
internal sealed class Handover(object values, string file, ImmutableArray<NamedValue> variables)
{
    /// <summary>The set, as which it is known.</summary>
    public object Values { get; } = values;

    public string File { get; } = file;

    public ImmutableArray<NamedValue> Variables { get; } = variables;

    /// <summary>Units that run with it.</summary>
    public int Users { get; set; }
}
