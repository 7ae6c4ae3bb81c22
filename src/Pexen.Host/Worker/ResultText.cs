using Pexen.Execution.Exchange;

namespace Pexen.Host.Worker;

/// <summary>The text in which what a method gives back goes to other processes.</summary>
internal static class ResultText
{
    /// <summary>Null for null.</summary>
    /// <param name="value">The value.</param>
    /// <param name="what">How the message calls it.</param>
    /// <exception cref="NotCarriedException">It has no text form.</exception>
    public static string? Of(object? value, string what)
    {
        string? text = ValueText.Of(value, out string? why);
        return why is null
            ? text
            : throw new NotCarriedException($"{what}, of type {value!.GetType()}, cannot be carried to another process: {why}. Give back text, a number, or what JSON can hold");
    }
}
