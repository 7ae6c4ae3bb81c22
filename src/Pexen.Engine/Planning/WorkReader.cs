using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Reads what a unit runs: one thing, or nothing.</summary>
internal static class WorkReader
{
    private static readonly string[] Kinds = ["Command", "Script", "Executable", "Targets", "Method"];

    /// <summary>Whether a unit is anything but a milestone, by the text of its declaration alone.</summary>
    public static bool HasSomethingToRun(UnitDeclaration unit) =>
        Array.Exists(Kinds, kind => unit.Metadata.TryGetValue(kind, out string? text) && text.Length > 0);

    /// <param name="values">What was declared.</param>
    /// <param name="projectDirectory">What the path of another project is relative to.</param>
    public static Work Read(DeclaredValues values, string projectDirectory)
    {
        string[] given = [.. Kinds.Where(values.Has)];
        if (given.Length > 1)
        {
            values.MoreThanOneThingToRun(given);
        }

        if (values.Has("Arguments") && !values.Has("Script") && !values.Has("Executable") && !values.Has("Method"))
        {
            values.Bad("Arguments", values.Word("Arguments") ?? "", "Arguments go with Script, Executable or Method; a Command has them in its text");
        }

        if (values.Has("Assembly") && !values.Has("Method"))
        {
            values.Bad("Assembly", values.Word("Assembly") ?? "", "An Assembly goes with the Method in it that is to run: Method=\"Namespace.Type.Method\"");
        }

        foreach (string name in new[] { "Project", "Properties" }.Where(name => values.Has(name) && !values.Has("Targets")))
        {
            values.Bad(name, values.Word(name) ?? "", $"{name} goes with Targets, and none are given");
        }

        return given.FirstOrDefault() switch
        {
            "Command" => new CommandWork(values.Text("Command") ?? ""),
            "Script" => new ScriptWork(values.Word("Script") ?? "", values.List("Arguments")),
            "Executable" => new ExecutableWork(values.Word("Executable") ?? "", values.List("Arguments")),
            "Targets" => new TargetsWork(
                values.FullPath("Project", projectDirectory),
                values.List<string>("Targets", PairText.ParseTarget),
                values.List<NamedValue>("Properties", PairText.ParseProperty)),
            "Method" => MethodText.Read(values, projectDirectory),
            _ => new MilestoneWork(),
        };
    }
}
