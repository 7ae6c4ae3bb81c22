using System.Text;

namespace Pexen.Locking;

/// <summary>
/// The runs above this one, as far as a build inside a unit has to know them (rule 15): the environment variable <c>PEXEN_ANCESTORS</c> carries, for each,
/// the project file, the phase, the target framework, the run's id, and the unit whose process this build lies in.
/// </summary>
internal static class Nesting
{
    public const string Variable = "PEXEN_ANCESTORS";

    private const char FieldEnd = '\u001f';
    private const char EntryEnd = '\u001e';

    /// <summary>Whether this build lies inside a unit of that very phase: then the phase is not run, for it would wait for itself.</summary>
    public static bool IsInside(string? variable, RunKey key) => Read(variable).Any(ancestor => ancestor.Key == key);

    /// <summary>As the other; reads the variable of this process.</summary>
    public static bool IsInside(string projectFile, string phase, string? targetFramework) =>
        IsInside(Environment.GetEnvironmentVariable(Variable), new RunKey(projectFile, phase, targetFramework));

    public static IReadOnlyList<Ancestor> Read(string? variable)
    {
        var ancestors = new List<Ancestor>();
        foreach (string entry in (variable ?? "").Split(EntryEnd, StringSplitOptions.RemoveEmptyEntries))
        {
            string[] fields = entry.Split(FieldEnd);
            if (fields.Length == 5)
            {
                ancestors.Add(new Ancestor(new RunKey(fields[0], fields[1], fields[2].Length == 0 ? null : fields[2]), fields[3], fields[4]));
            }
        }

        return ancestors;
    }

    /// <summary>The variable's value for a unit's process.</summary>
    public static string Append(string? variable, RunKey key, string runId, string unit)
    {
        var text = new StringBuilder(variable);
        text.Append(key.ProjectFile).Append(FieldEnd).Append(key.Phase).Append(FieldEnd).Append(key.TargetFramework).Append(FieldEnd);
        return text.Append(runId).Append(FieldEnd).Append(unit).Append(EntryEnd).ToString();
    }
}
