using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Ends;

/// <summary>Projects whose units run until somebody ends them. Each process that matters writes its id into a file, whole or not at all.</summary>
internal static class EndingProjects
{
    private static readonly Kin[] Kins = [Kin.Plain, Kin.Setsid, Kin.DoubleFork, Kin.Stranger];

    /// <summary>One project, alone in its folder, with these units.</summary>
    public static Sandbox WithEnding(this Sandbox sandbox, string project, params IEnumerable<string> units) => sandbox.With($"{project}/{project}.proj", $"""
        <Project Sdk="Pexen.Sdk">
          <PropertyGroup>
            <PexenMaxParallel>4</PexenMaxParallel>
            <PexenGracePeriod>2s</PexenGracePeriod>
          </PropertyGroup>
          <ItemGroup>
            {string.Join("\n    ", units)}
          </ItemGroup>
        </Project>
        """);

    /// <summary>A unit for each kind of child, and one that waits for them.</summary>
    public static Sandbox WithChildren(this Sandbox sandbox, string project, Kin kin)
    {
        Kin[] kins = kin == Kin.All ? Kins : [kin];
        return sandbox.WithEnding(project, [
            .. kins.Select(one => Unit(one.ToString(), CommandFor(one))),
            Unit("after", "true", $"""Requires="{string.Join(';', kins)}" """),
        ]);
    }

    /// <summary>Both projects at once, in different nodes if there are two.</summary>
    public static Sandbox WithBoth(this Sandbox sandbox) => sandbox.With("both.proj", """
        <Project DefaultTargets="Build">
          <Target Name="Build">
            <MSBuild Projects="one/one.proj;two/two.proj" BuildInParallel="true" />
          </Target>
        </Project>
        """);

    public static string Unit(string name, string command, string more = "") =>
        $"""<PexenUnit Include="{name}" Command="{command.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)}" {more}/>""";

    /// <summary>A shell command that says its id and then waits for ever.</summary>
    public static string Wait(string name) => $"{Tell(name)}; exec sleep 600";

    /// <summary>Writes the shell's id to a file.</summary>
    public static string Tell(string name) => $"echo $$ > {name}.tmp; mv {name}.tmp {name}.pid";

    /// <summary>The files that say that the processes of a kind run.</summary>
    public static IEnumerable<string> ProcessFiles(string project, Kin kin) =>
        kin == Kin.All
            ? Kins.SelectMany(one => ProcessFiles(project, one))
            : [$"{project}/{kin}.pid"];

    private static string CommandFor(Kin kin) => kin switch
    {
        Kin.Plain => $"sh -c '{Wait("Plain")}'; true",
        Kin.Setsid => $"setsid sh -c '{Wait("Setsid")}' & wait",
        Kin.DoubleFork => $"(setsid sh -c '{Wait("DoubleFork")}' &); exec sleep 600",
        _ => $"(env -i PATH=$PATH setsid sh -c '{Wait("Stranger")}' &); exec sleep 600",
    };
}
