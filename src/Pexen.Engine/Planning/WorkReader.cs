using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Reads what a unit runs: one thing, or nothing.</summary>
internal static class WorkReader
{
    private static readonly string[] Kinds = ["Command", "Script", "Executable"];

    public static Work Read(DeclaredValues values)
    {
        string[] given = [.. Kinds.Where(values.Has)];
        if (given.Length > 1)
        {
            values.MoreThanOneThingToRun(given);
        }

        if (values.Has("Arguments") && !values.Has("Script") && !values.Has("Executable"))
        {
            values.Bad("Arguments", values.Word("Arguments") ?? "", "Arguments go with Script or Executable; a Command has them in its text");
        }

        return given.FirstOrDefault() switch
        {
            "Command" => new CommandWork(values.Text("Command") ?? ""),
            "Script" => new ScriptWork(values.Word("Script") ?? "", values.List("Arguments")),
            "Executable" => new ExecutableWork(values.Word("Executable") ?? "", values.List("Arguments")),
            _ => new MilestoneWork(),
        };
    }
}
