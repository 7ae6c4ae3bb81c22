namespace Pexen.Values;

/// <summary>Two subtrees, which the bit tells apart.</summary>
internal sealed class ValueBranch<T>(uint prefix, uint bit, ValueNode<T> left, ValueNode<T> right) : ValueNode<T>(prefix, bit)
{
    public ValueNode<T> Left { get; } = left;

    public ValueNode<T> Right { get; } = right;

    /// <summary>Whether a node belongs below this one.</summary>
    public bool Covers(ValueNode<T> other) => other.Bit < Bit && (other.Prefix & ~((Bit << 1) - 1)) == Prefix;

    /// <summary>This very branch if nothing below it changed: what is shared stays shared.</summary>
    public ValueBranch<T> With(ValueNode<T> left, ValueNode<T> right) =>
        left == Left && right == Right ? this : new ValueBranch<T>(Prefix, Bit, left, right);
}
