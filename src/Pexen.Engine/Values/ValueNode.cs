namespace Pexen.Values;

/// <summary>
/// A node of an immutable tree of slots by the bits of their keys' hashes. Its shape depends on the keys alone, so that two trees that have a
/// part in common are merged without looking into it.
/// </summary>
internal abstract class ValueNode<T>(uint prefix, uint bit)
{
    /// <summary>The bits above <see cref="Bit"/> that all keys below share; of a leaf the whole hash.</summary>
    public uint Prefix { get; } = prefix;

    /// <summary>The bit that tells left from right; 0 in a leaf.</summary>
    public uint Bit { get; } = bit;

    public static ValueSlot<T>? Find(ValueNode<T>? node, string key)
    {
        uint hash = Hash(key);
        while (node is ValueBranch<T> branch)
        {
            node = (hash & branch.Bit) == 0 ? branch.Left : branch.Right;
        }

        return node is ValueLeaf<T> leaf && leaf.Prefix == hash ? leaf.Find(key) : null;
    }

    /// <summary>The tree with this slot, in place of one of its key.</summary>
    public static ValueNode<T> Put(ValueNode<T>? node, ValueSlot<T> slot)
    {
        var leaf = new ValueLeaf<T>(Hash(slot.Key), [slot]);
        return node is null ? leaf : Merge(leaf, node, null);
    }

    /// <summary>All slots of both trees.</summary>
    /// <param name="first">Its slots are in the result.</param>
    /// <param name="second">Its slots are where the first has none of that key.</param>
    /// <param name="differing">Told of each slot of the second that was left out and is another than that of the first.</param>
    public static ValueNode<T> Merge(ValueNode<T> first, ValueNode<T> second, Action<ValueSlot<T>, ValueSlot<T>>? differing)
    {
        if (first == second)
        {
            return first;
        }

        if (first.Bit == second.Bit && first.Prefix == second.Prefix)
        {
            return first is ValueBranch<T> one
                ? one.With(Merge(one.Left, ((ValueBranch<T>)second).Left, differing), Merge(one.Right, ((ValueBranch<T>)second).Right, differing))
                : ((ValueLeaf<T>)first).Merge((ValueLeaf<T>)second, differing);
        }

        if (first is ValueBranch<T> above && above.Covers(second))
        {
            return (second.Prefix & above.Bit) == 0
                ? above.With(Merge(above.Left, second, differing), above.Right)
                : above.With(above.Left, Merge(above.Right, second, differing));
        }

        if (second is ValueBranch<T> over && over.Covers(first))
        {
            return (first.Prefix & over.Bit) == 0
                ? over.With(Merge(first, over.Left, differing), over.Right)
                : over.With(over.Left, Merge(first, over.Right, differing));
        }

        return Join(first, second);
    }

    /// <summary>Every slot, in no order that means anything.</summary>
    public static void Visit(ValueNode<T>? node, Action<ValueSlot<T>> visit)
    {
        while (node is ValueBranch<T> branch)
        {
            Visit(branch.Left, visit);
            node = branch.Right;
        }

        if (node is ValueLeaf<T> leaf)
        {
            foreach (ValueSlot<T> slot in leaf.Slots)
            {
                visit(slot);
            }
        }
    }

    private static ValueBranch<T> Join(ValueNode<T> one, ValueNode<T> other)
    {
        uint bit = 1u << (31 - System.Numerics.BitOperations.LeadingZeroCount(one.Prefix ^ other.Prefix));
        uint prefix = one.Prefix & ~((bit << 1) - 1);
        return (one.Prefix & bit) == 0 ? new ValueBranch<T>(prefix, bit, one, other) : new ValueBranch<T>(prefix, bit, other, one);
    }

    private static uint Hash(string key) => unchecked((uint)string.GetHashCode(key, StringComparison.Ordinal));
}
