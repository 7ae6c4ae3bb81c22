namespace Pexen.Values;

/// <summary>The slots of keys with one hash: nearly always one.</summary>
internal sealed class ValueLeaf<T>(uint hash, ValueSlot<T>[] slots) : ValueNode<T>(hash, 0)
{
    public ValueSlot<T>[] Slots { get; } = slots;

    public ValueSlot<T>? Find(string key) => Array.Find(Slots, slot => slot.Key == key);

    public ValueLeaf<T> Merge(ValueLeaf<T> other, Action<ValueSlot<T>, ValueSlot<T>>? differing)
    {
        List<ValueSlot<T>>? more = null;
        foreach (ValueSlot<T> slot in other.Slots)
        {
            if (Find(slot.Key) is not { } mine)
            {
                (more ??= []).Add(slot);
            }
            else if (!ReferenceEquals(mine, slot))
            {
                differing?.Invoke(mine, slot);
            }
        }

        return more is null ? this : new ValueLeaf<T>(Prefix, [.. Slots, .. more]);
    }
}
