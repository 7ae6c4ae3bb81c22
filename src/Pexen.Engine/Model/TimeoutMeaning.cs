namespace Pexen;

/// <summary>What it means when a unit's own <c>Timeout</c> has passed.</summary>
public enum TimeoutMeaning
{
    /// <summary>It took too long.</summary>
    Fail,

    /// <summary>It ran long enough: a soak test.</summary>
    Pass,
}
