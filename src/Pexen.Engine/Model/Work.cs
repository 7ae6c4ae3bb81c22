using System.Collections.Immutable;

namespace Pexen.Model;

/// <summary>What a unit runs.</summary>
internal abstract record Work;

/// <summary>Nothing: the unit succeeds when what it requires is there.</summary>
internal sealed record MilestoneWork : Work;

/// <summary>A shell command line, of one line or several.</summary>
internal sealed record CommandWork(string Text) : Work;

/// <summary>A file run by what it says: its run bit and first line, or its ending.</summary>
internal sealed record ScriptWork(string File, ImmutableArray<string> Arguments) : Work;

/// <summary>A program and its arguments, without a shell.</summary>
internal sealed record ExecutableWork(string File, ImmutableArray<string> Arguments) : Work;
