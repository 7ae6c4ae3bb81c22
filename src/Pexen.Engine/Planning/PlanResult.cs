using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>A plan, or all that stands against one.</summary>
/// <param name="Plan">Null where there is an error.</param>
/// <param name="Diagnostics">Errors of all runs of the project; warnings and messages of the run asked for.</param>
internal sealed record PlanResult(Plan? Plan, ImmutableArray<Diagnostic> Diagnostics);
