using System.Collections.Immutable;
using Pexen.Execution.Exchange;
using Pexen.Model;

namespace Pexen.Execution.Dispatching;

/// <summary>Makes the environment of one attempt.</summary>
/// <param name="unit">The unit.</param>
/// <param name="attempt">Which of its attempts, from 1.</param>
/// <param name="slot">The first of its slots.</param>
/// <param name="inherited">What it has from other units, and for them.</param>
internal delegate ImmutableArray<NamedValue> LaunchEnvironment(PlannedUnit unit, int attempt, int slot, InheritedVariables inherited);
