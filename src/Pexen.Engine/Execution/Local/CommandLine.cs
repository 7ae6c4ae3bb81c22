using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Execution.Local;

/// <summary>What is really started for a unit's work: a file, as it was found or as PATH is to find it, and its arguments without the first.</summary>
internal sealed record CommandLine(string File, ImmutableArray<string> Arguments)
{
    /// <summary>Windows only: the rest of the command line as text, where the rules of the C library's quoting do not hold (cmd.exe).</summary>
    public string? Verbatim { get; init; }

    /// <summary>A file of ours to be removed when the attempt has ended.</summary>
    public string? Temporary { get; init; }

    /// <summary>Started instead when the system says that the file is no program: a script with a run bit and without a <c>#!</c> line.</summary>
    public CommandLine? Otherwise { get; init; }

    public static CommandLine For(Launch launch) => launch.Work switch
    {
        ExecutableWork work => new(WithFolder(work.File) ? Path.GetFullPath(work.File, launch.ProjectDirectory) : work.File, work.Arguments),
        CommandWork work => Shell.Run(work.Text),
        TargetsWork work => TargetBuild.CommandLine(work, launch),
        ScriptWork work => Interpreter.Run(Path.GetFullPath(work.File, launch.ProjectDirectory), work.Arguments),
        _ => throw new StartException($"there is nothing to start for {launch.Work.GetType().Name}"),
    };

    /// <summary>A name with a folder is a file of the project; one without is looked up on PATH.</summary>
    public static bool WithFolder(string file) =>
        file.Contains('/', StringComparison.Ordinal) || (OperatingSystem.IsWindows() && file.Contains('\\', StringComparison.Ordinal));
}
