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

/// <summary>MSBuild targets, run by a build of their own.</summary>
/// <param name="Project">Absolute path of the project file; null for the unit's own.</param>
/// <param name="Targets">Their names.</param>
/// <param name="Properties">Global properties of that build.</param>
internal sealed record TargetsWork(string? Project, ImmutableArray<string> Targets, ImmutableArray<NamedValue> Properties) : Work;

/// <summary>A public static .NET method, run in a worker process.</summary>
/// <param name="Assembly">Absolute path of the assembly.</param>
/// <param name="Method">Namespace, type and method, separated by dots.</param>
/// <param name="Arguments">One text for each parameter that takes one.</param>
internal sealed record MethodWork(string Assembly, string Method, ImmutableArray<string> Arguments) : Work;
