namespace Pexen.Model;

/// <summary>A value that every unit inherits unless a provider wrote it.</summary>
/// <param name="Key">Compared with case.</param>
/// <param name="Value">The text.</param>
/// <param name="Secret">Whether it must never be written anywhere.</param>
internal sealed record SharedPreset(string Key, string Value, bool Secret)
{
    /// <summary>A secret is in no message that somebody makes of this.</summary>
    public override string ToString() => Secret ? $"{Key} (secret)" : $"{Key}={Value}";
}
