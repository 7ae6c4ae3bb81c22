namespace Pexen.Model;

/// <summary>What it means when a unit's own <c>Timeout</c> has passed.</summary>
internal enum TimeoutMeaning
{
    Fail,

    /// <summary>It ran long enough: a soak test.</summary>
    Pass,
}
