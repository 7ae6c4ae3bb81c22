using Pexen.Execution.Exchange;
using Pexen.Execution.Workers;

namespace Pexen.Host.Worker;

/// <summary>What is told of an exception that left a method.</summary>
internal static class ExceptionText
{
    /// <summary>Matched by name: a method needs no reference to our assembly, and one that has it may have loaded its own copy.</summary>
    private const string Controlled = "Pexen.ControlledFailureException";

    private static readonly string[] Ours = ["   at Pexen.Host.", "   at InvokeStub_", "   at System.Reflection.", "--- End of stack trace"];

    /// <summary>Type, message, stack and inner exceptions, without the frames that called the method.</summary>
    public static string Of(Exception exception) => WithoutOurs(exception.ToString(), 1);

    public static MethodFailure Describe(Exception exception)
    {
        Type type = exception.GetType();
        for (Type? current = type; current is not null; current = current.BaseType)
        {
            if (current.FullName == Controlled)
            {
                return new MethodFailure(MethodFailureKind.Controlled, type.FullName!, exception.Message)
                {
                    Stack = StackOf(exception),
                    Details = ValueText.Of(type.GetProperty("Details")?.GetValue(exception), out _),
                    Provide = Flag(exception, "Provide"),
                    ReleaseLocks = Flag(exception, "ReleaseLocks"),
                };
            }
        }

        return new MethodFailure(MethodFailureKind.Exception, type.FullName ?? type.Name, exception.Message) { Stack = StackOf(exception) };
    }

    private static string StackOf(Exception exception) => WithoutOurs(exception.StackTrace ?? "", 0);

    private static bool Flag(Exception exception, string name) => exception.GetType().GetProperty(name)?.GetValue(exception) as bool? ?? true;

    private static string WithoutOurs(string text, int least)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        int count = lines.Length;
        while (count > least && Array.Exists(Ours, frame => lines[count - 1].StartsWith(frame, StringComparison.Ordinal)))
        {
            count--;
        }

        return string.Join(Environment.NewLine, lines.AsSpan(0, count));
    }
}
