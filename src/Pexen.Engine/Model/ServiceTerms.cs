namespace Pexen.Model;

/// <summary>What makes a unit a service: it provides when it is ready, and stays up for those who need it (rule 26).</summary>
/// <param name="Kind">How it is known that it is ready.</param>
/// <param name="Text">The port, the expression, the absolute path or the command; empty for <see cref="ReadyKind.Started"/>.</param>
/// <param name="ReadyTimeout">How long it may take to be ready, from its start; null is no limit.</param>
internal sealed record ServiceTerms(ReadyKind Kind, string Text, TimeSpan? ReadyTimeout)
{
    /// <summary>As it is written in <c>ReadyWhen</c>.</summary>
    public override string ToString() => Kind == ReadyKind.Started ? "started" : $"{Kind.ToString().ToLowerInvariant()}:{Text}";
}
