using Pexen.Planning;

namespace Pexen.Tasks.Results;

/// <summary>Text as MSBuild wants it from a task, with its special characters as <c>%xx</c>.</summary>
internal static class EscapedText
{
    private const string Special = "%*?@$();'";

    public static string Escape(string text) => LiteralText.Escape(text, Special);
}
