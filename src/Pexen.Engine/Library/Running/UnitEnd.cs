using Pexen.Execution;
using Pexen.Execution.Exchange;

namespace Pexen.Library;

/// <summary>How the work of a unit ended.</summary>
/// <param name="Value">What the delegate or the method returned, or null.</param>
/// <param name="Error">What it threw, or null.</param>
/// <param name="Process">How the process ended, or null.</param>
/// <param name="Output">The last of what the process wrote, or null.</param>
/// <param name="Written">What the process wrote for others, or null.</param>
internal readonly record struct UnitEnd(object? Value, ExceptionInfo? Error, AttemptEnd? Process = null, string? Output = null, WrittenValues? Written = null);
