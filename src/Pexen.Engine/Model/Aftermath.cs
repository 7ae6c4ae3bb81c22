namespace Pexen;

/// <summary>What a failing unit leaves behind: <c>OnFailure</c>, <c>OnCrash</c>, <c>OnControlledFailure</c>.</summary>
[Flags]
public enum Aftermath
{
    /// <summary>Dependents are skipped and what it held stays held until the run ends.</summary>
    None = 0,

    /// <summary>What it held is free again.</summary>
    ReleaseLocks = 1,

    /// <summary>What it provides counts as provided.</summary>
    Provide = 2,
}
