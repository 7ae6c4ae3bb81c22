namespace Pexen.Library;

/// <summary>Work that is done in another process.</summary>
internal abstract class LaunchedWork : UnitWork;
