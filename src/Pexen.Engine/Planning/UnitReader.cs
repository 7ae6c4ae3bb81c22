using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Makes units of declarations: every value checked, every default applied, all problems found in one go.</summary>
internal sealed class UnitReader(ProjectSettings settings, string projectDirectory, PhaseRun run, ICollection<Diagnostic> problems)
{
    /// <summary>
    /// Reads one unit. One with bad values is returned with defaults in their place, so that planning goes on and finds the rest.
    /// Null: its <c>Include</c> is a pattern that matched nothing.
    /// </summary>
    public UnitDefinition? Read(UnitDeclaration declaration) => throw new NotImplementedException($"{settings} {projectDirectory} {run} {problems}");

    /// <summary>Says that items of a type that this version does not have were given (PEX1016).</summary>
    public void ReportItemType(string itemType, SourceLocation source) => throw new NotImplementedException();

    /// <summary>Says that a pattern, found in the XML, matched nothing (PEX2004).</summary>
    public void ReportEmptyPattern(string pattern, SourceLocation source) => throw new NotImplementedException();
}
