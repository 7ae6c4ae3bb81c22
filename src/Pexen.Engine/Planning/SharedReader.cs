using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Values;

namespace Pexen.Planning;

/// <summary>Makes preset shared values of declarations.</summary>
internal sealed class SharedReader(ICollection<Diagnostic> problems)
{
    private const int LongestKey = 256;
    private const string Allowed = "A key is a word of up to 256 characters, without = and <<: units write key=value and key<<END";

    private readonly MetadataNames _names = new(Vocabulary.SharedMetadata, "PexenShared");

    /// <summary>All that were read, each once: the same declaration twice is one, two that differ are a mistake.</summary>
    public ImmutableArray<SharedPreset> ReadAll(IReadOnlyCollection<SharedDeclaration> declarations)
    {
        if (declarations.Count == 0)
        {
            return [];
        }

        Dictionary<string, (SharedPreset Preset, SourceLocation Source)> byKey = new(StringComparer.Ordinal);
        ImmutableArray<SharedPreset>.Builder presets = ImmutableArray.CreateBuilder<SharedPreset>();
        foreach (SharedDeclaration declaration in declarations)
        {
            if (Read(declaration) is not SharedPreset preset)
            {
                continue;
            }

            if (byKey.TryAdd(preset.Key, (preset, declaration.Source)))
            {
                presets.Add(preset);
                CheckSecret(preset, declaration.Source);
            }
            else if (byKey[preset.Key].Preset != preset)
            {
                problems.Add(Diagnostics.SharedValueContradicts(preset.Key, byKey[preset.Key].Source, declaration.Source));
            }
        }

        CheckVariables(byKey);
        return presets.DrainToImmutable();
    }

    private SharedPreset? Read(SharedDeclaration declaration)
    {
        string key = MetadataText.Unescape(declaration.Include).Trim();
        string subject = $"Shared value {Diagnostics.Quote(key)}";
        DeclaredValues values = new(subject, null, declaration.Metadata, declaration.Source, problems);
        _names.Check(subject, null, declaration.Metadata, declaration.Source, warn: true, problems);
        bool secret = values.Value("Secret", false, ScalarText.Boolean);
        string value = MetadataText.Unescape(declaration.Metadata.GetValueOrDefault("Value", ""));
        if (key.Length is 0 or > LongestKey || key.Contains('=') || key.Contains("<<", StringComparison.Ordinal) || key.Any(char.IsControl))
        {
            values.Bad("Include", key, Allowed);
            return null;
        }

        if (value.Contains('\0'))
        {
            values.Bad("Value", secret ? SecretMask.Stars : value, "The character NUL cannot be handed to a program");
            return null;
        }

        return new SharedPreset(key, value, secret);
    }

    private void CheckSecret(SharedPreset preset, SourceLocation source)
    {
        if (!preset.Secret)
        {
            return;
        }

        if (SharedVariable.SizeOf(preset.Value) > SharedVariable.LongestValue)
        {
            problems.Add(Diagnostics.SecretTooLong(preset.Key, SharedVariable.LongestValue, source));
        }
        else if (preset.Value.Length is > 0 and < SecretMask.ShortestMasked)
        {
            problems.Add(Diagnostics.SecretTooShort(preset.Key, preset.Value.Length, SecretMask.ShortestMasked, source));
        }
    }

    /// <summary>A secret is handed over as a variable only, so that one must be its own.</summary>
    private void CheckVariables(Dictionary<string, (SharedPreset Preset, SourceLocation Source)> byKey)
    {
        foreach (IGrouping<string, (SharedPreset Preset, SourceLocation Source)> rivals in byKey.Values.GroupBy(one => SharedVariable.NameOf(one.Preset.Key), StringComparer.Ordinal))
        {
            List<(SharedPreset Preset, SourceLocation Source)> all = [.. rivals];
            if (all.Count > 1 && all.Exists(one => one.Preset.Secret))
            {
                problems.Add(Diagnostics.SecretsVariableTaken(rivals.Key, [.. all.Select(one => one.Preset.Key)], all[^1].Source));
            }
        }
    }
}
