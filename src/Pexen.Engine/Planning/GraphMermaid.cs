using System.Globalization;
using System.Text;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>The plan as a picture for Mermaid, which many code hosts show: <c>graph.mmd</c>.</summary>
internal static class GraphMermaid
{
    public static string Write(PlanView view)
    {
        StringBuilder text = new("flowchart LR\n");
        foreach (PlannedUnit unit in view.Plan.Units)
        {
            (string open, string close) = unit.Definition.Work is MilestoneWork ? ("([", "])") : unit.Definition.Service is not null ? ("[[", "]]") : ("[", "]");
            text.Append(CultureInfo.InvariantCulture, $"  u{unit.Index}{open}\"{Escaped(unit.Name)}\"{close}\n");
        }

        foreach (PlannedUnit unit in view.Plan.Units)
        {
            foreach (Dependency edge in unit.Dependencies)
            {
                text.Append(CultureInfo.InvariantCulture, $"  u{edge.Unit} {Arrow(edge.Kind)} u{unit.Index}\n");
            }
        }

        return text.ToString();
    }

    private static string Arrow(DependencyKind kind) => kind switch
    {
        DependencyKind.RequiresAny => "-. any .->",
        DependencyKind.After => "-.->",
        DependencyKind.Finalizes => "-. finally .->",
        _ => "-->",
    };

    /// <summary>Mermaid reads quotes, HTML and Markdown inside labels: all that is no letter or digit goes as a character entity.</summary>
    private static string Escaped(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '-' or '.' or '/')
            {
                escaped.Append(rune.ToString());
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"#{rune.Value};");
            }
        }

        return escaped.ToString();
    }
}
