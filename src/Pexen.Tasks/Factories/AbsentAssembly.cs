using Pexen.Planning;

namespace Pexen.Tasks.Factories;

/// <summary>An assembly that is not there: wrong only if the phase that its units are in has come, for most assemblies are made by the build.</summary>
/// <param name="Declaration">The item; its <c>Phase</c> and <c>RunPer</c> are those of its units.</param>
/// <param name="Path">Absolute.</param>
internal sealed record AbsentAssembly(UnitDeclaration Declaration, string Path);
