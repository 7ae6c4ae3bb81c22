namespace Pexen.Library;

/// <summary>A shared value. What it is belongs to the user, and so does its <c>Equals</c>, which may throw; here that means "another".</summary>
internal sealed class SharedValue(object? value)
{
    public object? Value { get; } = value;

    public override bool Equals(object? obj)
    {
        try
        {
            return obj is SharedValue other && Equals(Value, other.Value);
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <summary>Not of use: values are compared, never looked up.</summary>
    public override int GetHashCode() => 0;
}
