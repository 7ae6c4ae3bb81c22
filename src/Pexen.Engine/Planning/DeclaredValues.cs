using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>The values of one declaration, typed on request. What is wrong becomes a diagnostic, and the default takes its place.</summary>
/// <param name="subject">How messages begin, e.g. <c>Unit 'a'</c>.</param>
/// <param name="unit">The name of the unit, or null.</param>
/// <param name="escaped">Name to escaped text.</param>
/// <param name="source">Where problems point to.</param>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class DeclaredValues(
    string subject, string? unit, IReadOnlyDictionary<string, string> escaped, SourceLocation source, ICollection<Diagnostic> problems)
{
    /// <summary>The same values, without a word about what is wrong.</summary>
    public DeclaredValues Quiet() => new(subject, unit, escaped, source, []);

    public bool Has(string name) => escaped.TryGetValue(name, out string? text) && !string.IsNullOrWhiteSpace(text);

    /// <summary>Exactly what was given, unescaped; null where nothing was.</summary>
    public string? Text(string name)
    {
        if (!Has(name))
        {
            return null;
        }

        string text = MetadataText.Unescape(escaped[name]);
        return text.Contains('\0') ? Reject<string>(name, text, "The character NUL cannot be handed to a program") : text;
    }

    public string? Word(string name) => Text(name)?.Trim();

    /// <summary>A path made absolute against <paramref name="directory"/>.</summary>
    public string? FullPath(string name, string directory) => Word(name) is { Length: > 0 } path ? Path.GetFullPath(path, directory) : null;

    public T Value<T>(string name, T otherwise, Parser<T> parse)
    {
        if (Word(name) is not { Length: > 0 } text)
        {
            return otherwise;
        }

        if (parse(text, out T value) is not { } allowed)
        {
            return value;
        }

        Bad(name, text, allowed);
        return otherwise;
    }

    /// <summary>A duration whose zero means that there is none.</summary>
    public TimeSpan? Limit(string name, TimeSpan? otherwise) =>
        Value(name, otherwise ?? TimeSpan.Zero, DurationText.Parse) is { Ticks: > 0 } limit ? limit : null;

    public ImmutableArray<string> List(string name) => List(name, static (string text, out string entry) =>
    {
        entry = text;
        return null;
    });

    /// <summary>The well-formed entries; the others are reported one by one.</summary>
    public ImmutableArray<T> List<T>(string name, Parser<T> parse)
    {
        if (!Has(name))
        {
            return [];
        }

        return Parse(name, MetadataText.Split(escaped[name]), parse);
    }

    public Aftermath Aftermath(string name, Aftermath otherwise)
    {
        // A command line splits at ; and , unless they are escaped; words have neither, so here both separate whichever way they come.
        string text = (Text(name) ?? "").Replace(',', ';');
        ImmutableArray<Aftermath> entries = Parse<Aftermath>(name, MetadataText.Split(text), ScalarText.Choice);
        if (entries.IsEmpty)
        {
            return otherwise;
        }

        if (entries.Length > 1 && entries.Contains(Pexen.Aftermath.None))
        {
            Bad(name, MetadataText.Unescape(escaped[name]), "Allowed are ReleaseLocks, Provide, both, or None alone");
        }

        return entries.Aggregate((all, one) => all | one);
    }

    public void Bad(string name, string value, string allowed) => problems.Add(Diagnostics.BadValue(subject, name, value, allowed, unit, source));

    public void MoreThanOneThingToRun(IReadOnlyList<string> given) =>
        problems.Add(Diagnostics.MoreThanOneThingToRun(subject, given, unit, source));

    private ImmutableArray<T> Parse<T>(string name, ImmutableArray<string> texts, Parser<T> parse)
    {
        ImmutableArray<T>.Builder entries = ImmutableArray.CreateBuilder<T>(texts.Length);
        foreach (string text in texts)
        {
            string? allowed = text.Contains('\0') ? "The character NUL cannot be handed to a program" : null;
            T entry = default!;
            allowed ??= parse(text, out entry);
            if (allowed is null)
            {
                entries.Add(entry);
            }
            else
            {
                BadEntry(name, text, allowed);
            }
        }

        return entries.DrainToImmutable();
    }

    private void BadEntry(string name, string entry, string allowed) =>
        problems.Add(Diagnostics.BadEntry(subject, name, entry, allowed, unit, source));

    private T? Reject<T>(string name, string value, string allowed)
        where T : class
    {
        Bad(name, value, allowed);
        return null;
    }
}
