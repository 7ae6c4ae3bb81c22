using System.Collections.Immutable;
using System.Xml.Linq;
using Pexen.Model;
using Pexen.Planning;
using Pexen.Tasks.Reading;

namespace Pexen.Tasks.Running;

/// <summary>Looks through the commands of a run for text that MSBuild rewrote. Runs beside the supervisor, for nothing waits for a warning.</summary>
internal static class RewrittenCommands
{
    public static IReadOnlyList<Diagnostic> Find(Declarations declarations, ImmutableArray<UnitDefinition> units, PhaseRun run)
    {
        List<Diagnostic> found = [];
        Dictionary<string, ProjectXml> files = [];
        foreach (UnitDefinition unit in units.Where(unit => unit.RunPer == run.RunPer && unit.Phases.Contains(run.Phase, StringComparer.OrdinalIgnoreCase)))
        {
            if (unit.Work is MilestoneWork || unit.Source is not SourceLocation source || declarations.Find(source) is not ItemPlace place)
            {
                continue;
            }

            if (!files.TryGetValue(source.File, out ProjectXml? file))
            {
                files[source.File] = file = new ProjectXml(source.File);
            }

            if (file.Find(place) is XElement element)
            {
                (int line, int column) = ProjectXml.Position(element);
                found.AddRange(Rewriting.Find(declarations.Units[source.Item], element)
                    .Select(one => Diagnostics.CommandRewritten(unit.Name, one.Metadata, one.What, source with { Line = line, Column = column })));
            }
        }

        return found;
    }
}
