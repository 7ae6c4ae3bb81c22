using System.Globalization;
using System.Text.RegularExpressions;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Reads what a service says about itself: <c>Service</c>, <c>ReadyWhen</c>, <c>ReadyTimeout</c>.</summary>
internal static class ServiceReader
{
    private const string Forms = "Allowed are port:NUMBER, output:REGEX, file:PATH, command:SHELL and started";

    private static readonly TimeSpan StandardTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Null where the unit is no service.</summary>
    public static ServiceTerms? Read(DeclaredValues values, Work work, string projectDirectory)
    {
        bool isService = values.Value("Service", false, ScalarText.Boolean);
        TimeSpan? timeout = values.Limit("ReadyTimeout", StandardTimeout);
        if (!isService)
        {
            // A ReadyTimeout may be a default for all units; a condition is meant for one, whose Service="true" was forgotten.
            if (values.Word("ReadyWhen") is { Length: > 0 } condition)
            {
                values.Bad("ReadyWhen", condition, "Only a service becomes ready before it ends: add Service=\"true\"");
            }

            return null;
        }

        if (work is MilestoneWork)
        {
            values.Bad("Service", "true", "A service is something that runs: give it a Command, Script, Executable, Targets or Method");
        }

        if (values.List("Finalizes").Length > 0)
        {
            values.Bad("Service", "true", "A finalizer runs when all others have ended, so nobody could need it as a service");
        }

        (ReadyKind kind, string text) = values.Value("ReadyWhen", (ReadyKind.Started, ""), Parse);
        return new ServiceTerms(kind, kind == ReadyKind.File ? Path.GetFullPath(text, projectDirectory) : text, timeout);
    }

    private static string? Parse(string text, out (ReadyKind Kind, string Text) value)
    {
        int colon = text.IndexOf(':');
        string after = colon < 0 ? "" : text[(colon + 1)..].Trim();
        value = (ReadyKind.Started, after);
        string word = (colon < 0 ? text : text[..colon]).Trim().ToLowerInvariant();
        if (word == "started")
        {
            return colon < 0 ? null : Forms;
        }

        if (after.Length == 0)
        {
            return Forms;
        }

        value = (word switch { "port" => ReadyKind.Port, "output" => ReadyKind.Output, "file" => ReadyKind.File, _ => ReadyKind.Command }, after);
        return word switch
        {
            "port" => IsPort(after) ? null : $"{Forms}. A port is a number from 1 to 65535",
            "output" => WhyNoExpression(after),
            "file" or "command" => null,
            _ => Forms,
        };
    }

    private static bool IsPort(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= 65535;

    /// <summary>It is matched without going back, in time linear in the output, whatever the output is: an expression that needs more than that is refused.</summary>
    private static string? WhyNoExpression(string text)
    {
        try
        {
            _ = new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return null;
        }
        catch (ArgumentException exception)
        {
            return $"{Forms}. This is no regular expression: {exception.Message.TrimEnd('.')}";
        }
        catch (NotSupportedException)
        {
            return $"{Forms}. The expression is matched without going back, so it cannot have backreferences, look-around, atomic groups or conditions, nor grow without bound when repeated";
        }
    }
}
