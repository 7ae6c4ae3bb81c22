using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Library;

/// <summary>A program and its arguments.</summary>
internal sealed class ProcessWork(string file, ImmutableArray<string> arguments) : LaunchedWork
{
    public ExecutableWork Executable { get; } = new(file, arguments);
}
