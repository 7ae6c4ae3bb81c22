namespace Pexen;

/// <summary>What a failure means for units that have not started (<c>PexenFailurePolicy</c>).</summary>
public enum FailurePolicy
{
    /// <summary>All that can still run runs.</summary>
    KeepGoing,

    /// <summary>Nothing new starts after a number of failures.</summary>
    FailFast,
}
