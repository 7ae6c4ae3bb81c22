namespace Pexen.Model;

/// <summary><c>PexenFailurePolicy</c>: what a failure means for units that have not started.</summary>
internal enum FailurePolicy
{
    /// <summary>All that can still run runs.</summary>
    KeepGoing,

    /// <summary>Nothing new starts after <c>PexenMaxFailures</c> failures.</summary>
    FailFast,
}
