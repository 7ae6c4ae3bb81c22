namespace Pexen.Library;

/// <summary>What a unit of the library does.</summary>
internal abstract class UnitWork;
