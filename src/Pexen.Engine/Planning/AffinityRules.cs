using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Each slot has its own processors, so there are no more slots than there are groups of processors (PEX1006).</summary>
internal static class AffinityRules
{
    /// <summary>The settings with the processors of the slots. Where nobody said how many slots there are, as many as fit.</summary>
    /// <param name="settings">As read.</param>
    /// <param name="processors">Groups of processors, in their order; null where the system cannot do it.</param>
    /// <param name="widthIsGiven">Whether <c>PexenMaxParallel</c> is not a default.</param>
    /// <param name="project">Where problems point to.</param>
    /// <param name="problems">Takes what does not fit.</param>
    public static ProjectSettings Apply(
        ProjectSettings settings, int[][]? processors, bool widthIsGiven, SourceLocation project, ICollection<Diagnostic> problems)
    {
        if (processors is not { Length: > 0 } groups)
        {
            problems.Add(Diagnostics.NoAffinityHere(settings.Affinity, project));
            return settings;
        }

        if (widthIsGiven && settings.MaxParallel > groups.Length)
        {
            problems.Add(Diagnostics.SlotsWithoutProcessors(settings.Affinity, "PexenMaxParallel", settings.MaxParallel, groups.Length, project));
        }

        return settings with { MaxParallel = Math.Min(settings.MaxParallel, groups.Length), SlotProcessors = groups };
    }

    /// <summary>An exclusive group may have more slots than the project.</summary>
    public static void Check(PlanRequest request, ICollection<Diagnostic> problems)
    {
        if (request.SlotProcessors.Length == 0)
        {
            return;
        }

        foreach (GroupDefinition group in request.Groups)
        {
            if (group is { Exclusive: true, MaxParallel: int width } && width > request.SlotProcessors.Length)
            {
                problems.Add(Diagnostics.SlotsWithoutProcessors(request.Affinity, $"MaxParallel of group {Diagnostics.Quote(group.Name)}", width, request.SlotProcessors.Length, group.Source));
            }
        }
    }
}
