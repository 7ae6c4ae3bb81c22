namespace Pexen.Model;

/// <summary>When something about a unit's output is done: <c>ShowOutput</c>, <c>ParseDiagnostics</c>.</summary>
internal enum Occasion
{
    OnFailure,
    Always,
    Never,
}
