using Pexen.Model;

namespace Pexen.Locking;

/// <summary>A line that a unit needs in the registry of a scope.</summary>
/// <param name="Scope">Of the registry.</param>
/// <param name="Index">Which of the unit's holds it stands for.</param>
/// <param name="Hold">What is to be written there.</param>
internal readonly record struct WantedHold(ResourceScope Scope, int Index, SharedHold Hold);
