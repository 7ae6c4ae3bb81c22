namespace Pexen.Sdk.Tests.Matrix;

/// <summary>How a project gets Pexen.Sdk (contract 1).</summary>
public enum Way
{
    AddedSdk,
    SdkList,
    Package,
    StandAlone,
}
