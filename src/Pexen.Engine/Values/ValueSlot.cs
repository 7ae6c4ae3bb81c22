namespace Pexen.Values;

/// <summary>What a unit has under one key.</summary>
/// <param name="Key">Compared with case.</param>
/// <param name="Version">What counts.</param>
/// <param name="Overruled">Writings that neither come before this one nor after it and lost against it; whoever writes next comes after them too.</param>
internal sealed record ValueSlot<T>(string Key, ValueVersion<T> Version, ValueVersion<T>[] Overruled)
{
    /// <summary>The slot after a unit has written.</summary>
    public static ValueSlot<T> Written(string key, int writer, T value, ValueSlot<T>? inherited) =>
        new(key, new ValueVersion<T>(writer, value, inherited is null ? [] : [inherited.Version, .. inherited.Overruled]), []);
}
