using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Execution.Local;

/// <summary>The command of a target unit: a build of its own, so that it can run beside others and be stopped.</summary>
internal static class TargetBuild
{
    /// <summary>What has a meaning in <c>-p:name=value</c>; it arrives as itself when it is written as %xx.</summary>
    private const string Special = "%$@();,'\"*? \t\r\n";

    /// <exception cref="StartException">The project is not there.</exception>
    public static CommandLine CommandLine(TargetsWork work, Launch launch)
    {
        string project = work.Project ?? launch.ProjectFile;
        if (!File.Exists(project))
        {
            throw new StartException($"the project '{project}' does not exist");
        }

        // The unit's own properties come last and win. Its project must not run units of its own, which might wait for what this unit holds.
        ImmutableArray<string>.Builder arguments = ImmutableArray.CreateBuilder<string>();
        arguments.AddRange("msbuild", project, "-nologo", "-nodeReuse:false", "-tl:off", "-verbosity:minimal", "-consoleLoggerParameters:NoSummary;DisableConsoleColor");
        arguments.Add($"-target:{string.Join(';', work.Targets)}");
        foreach (NamedValue property in launch.GlobalProperties.Concat(work.Properties).Append(new NamedValue("PexenEnabled", "false")))
        {
            arguments.Add($"-property:{property.Key}={LiteralText.Escape(property.Value, Special)}");
        }

        return new CommandLine(DotnetCommand.OfThisProcess ?? DotnetCommand.Name, arguments.ToImmutable());
    }
}
