using System.Collections.Immutable;
using Pexen.Records;

namespace Pexen;

/// <summary>The units make no plan. Nothing was started.</summary>
public sealed class PlanException : Exception
{
    internal PlanException(IEnumerable<Diagnostic> problems)
        : this([.. problems.Where(problem => problem.Severity == Severity.Error).Select(Library.DiagnosticText.ToRecord)])
    {
    }

    private PlanException(ImmutableArray<DiagnosticRecord> problems)
        : base(string.Join('\n', problems.Select(problem => $"{problem.Code}: {problem.Message}"))) => Problems = problems;

    /// <summary>Everything that is wrong, each with its code; <c>docs/diagnostics</c> has a page for each.</summary>
    public IReadOnlyList<DiagnosticRecord> Problems { get; }
}
