using System.Globalization;
using System.Text;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>The plan as a picture for Graphviz: <c>graph.dot</c>. Arrows go from what is waited for to who waits.</summary>
internal static class GraphDot
{
    public static string Write(PlanView view)
    {
        StringBuilder text = new("digraph pexen {\n  rankdir=LR;\n  node [shape=box];\n");
        foreach (PlannedUnit unit in view.Plan.Units)
        {
            string shape = unit.Definition.Work is MilestoneWork ? ", shape=ellipse" : unit.Definition.Service is not null ? ", shape=box3d" : "";
            text.Append(CultureInfo.InvariantCulture, $"  u{unit.Index} [label={Quoted(unit.Name)}{shape}];\n");
        }

        foreach (PlannedUnit unit in view.Plan.Units)
        {
            foreach (Dependency edge in unit.Dependencies)
            {
                text.Append(CultureInfo.InvariantCulture, $"  u{edge.Unit} -> u{unit.Index}{Style(edge.Kind)};\n");
            }
        }

        return text.Append("}\n").ToString();
    }

    private static string Style(DependencyKind kind) => kind switch
    {
        DependencyKind.RequiresAny => " [style=dashed]",
        DependencyKind.After => " [style=dotted]",
        DependencyKind.Finalizes => " [style=dotted, arrowhead=dot]",
        _ => "",
    };

    /// <summary>In quotes only these two mean something to Graphviz.</summary>
    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
