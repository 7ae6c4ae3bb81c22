namespace Pexen.Values;

/// <summary>A line of a side file that cannot be used.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Text">The line, shortened.</param>
/// <param name="Why">Completes "line 3 ('…'): …".</param>
internal sealed record LineProblem(int Line, string Text, string Why)
{
    private const int LongestText = 60;

    public static LineProblem Of(int line, ReadOnlySpan<char> text, string why) =>
        new(line, text.Length <= LongestText ? text.ToString() : $"{text[..LongestText]}…", why);
}
