using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Reads a unit that is a method: <c>Namespace.Type.Method</c> and the assembly that has it.</summary>
internal static class MethodText
{
    private static readonly string[] Codes = ["SuccessExitCodes", "SkipExitCodes", "ControlledExitCodes"];

    public static Work Read(DeclaredValues values, string projectDirectory)
    {
        string method = values.Word("Method") ?? "";
        if (!IsMethod(method))
        {
            values.Bad("Method", method, "A method is written Namespace.Type.Method, a nested type as Outer+Inner, without parentheses");
        }

        if (!values.Has("Assembly"))
        {
            values.Bad("Method", method, "A Method needs the Assembly that it is in, e.g. Assembly=\"$(TargetPath)\"");
        }

        foreach (string name in Codes.Where(values.Has))
        {
            values.Bad(name, values.Word(name) ?? "", "A Method has no exit code: it succeeds when it returns, and fails by an exception");
        }

        return new MethodWork(values.FullPath("Assembly", projectDirectory) ?? projectDirectory, method, values.List("Arguments"));
    }

    /// <summary>At least a type and a method, each part a name as .NET languages have them.</summary>
    public static bool IsMethod(string text)
    {
        string[] parts = text.Split('.');
        return parts.Length >= 2 && Array.TrueForAll(parts, part => part.Length > 0 && part.All(IsOfName));
    }

    private static bool IsOfName(char character) => char.IsLetterOrDigit(character) || character is '_' or '+' or '`' or '<' or '>' or '$' or '|';
}
