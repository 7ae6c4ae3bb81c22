namespace Pexen.Planning;

/// <summary>The records of the project's other runs, read when a requirement asks for one.</summary>
internal interface IEarlierPhases
{
    /// <summary>The last record of that run, or null where there is none.</summary>
    EarlierRun? Last(PhaseRun run);
}
