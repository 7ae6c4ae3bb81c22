using System.Globalization;
using System.Text;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>The plan for people: what <c>PexenPlan</c> prints.</summary>
internal static class PlanText
{
    public static string Write(PlanView view)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"Pexen {view.Run}: {Count(view.Plan.Units.Length, "unit")} in {Count(view.Waves.Count, "wave")}");
        text.Append(CultureInfo.InvariantCulture, $", {Count(view.MaxParallel, "slot")}{EstimateOfAll(view)}\n");
        for (int wave = 0; wave < view.Waves.Count; wave++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nwave {wave + 1}\n");
            foreach (PlannedUnit unit in view.Waves[wave])
            {
                AppendUnit(text, view, unit);
            }
        }

        if (view.Plan.Choices.Length > 0)
        {
            text.Append("\nchoices\n");
            foreach (string choice in view.Plan.Choices)
            {
                text.Append("  ").Append(choice).Append('\n');
            }
        }

        if (view.Plan.Groups.Length > 0)
        {
            text.Append("\ngroups\n");
            foreach (GroupDefinition group in view.Plan.Groups)
            {
                AppendGroup(text, group);
            }
        }

        if (view.Plan.Resources.Length > 0)
        {
            text.Append("\nresources\n");
            foreach (ResourceDefinition resource in view.Plan.Resources)
            {
                text.Append("  ").Append(resource.Name).Append(resource.Capacity is { } capacity ? $", {Count(capacity, "token")}" : "");
                text.Append(resource.Scope == ResourceScope.Project ? "" : $", {resource.Scope}".ToLowerInvariant());
                text.Append(resource.Instances.IsEmpty ? "" : $" ({string.Join(", ", resource.Instances)})").Append('\n');
            }
        }

        return text.ToString();
    }

    private static void AppendGroup(StringBuilder text, GroupDefinition group)
    {
        text.Append("  ").Append(group.Name);
        text.Append(group.Parent is { } parent ? $", in {parent}" : "");
        text.Append(group.MaxParallel is { } width ? string.Create(CultureInfo.InvariantCulture, $", at most {width} at a time") : "");
        text.Append(group.Exclusive ? ", exclusive" : "");
        text.Append(group.Timeout is { } timeout ? $", {Time(timeout.TotalMilliseconds)} at most" : "");
        text.Append(string.Concat(group.Hooks.Given.Select(hook => $", {hook}"))).Append('\n');
    }

    private static void AppendUnit(StringBuilder text, PlanView view, PlannedUnit unit)
    {
        UnitDefinition definition = unit.Definition;
        text.Append(CultureInfo.InvariantCulture, $"  {unit.Rank + 1}. {unit.Name}{What(definition)}");
        text.Append(view.Estimate(unit) is { } milliseconds ? $", about {Time(milliseconds)}" : "").Append('\n');
        AppendLine(text, "waits for", unit.Dependencies.Where(edge => edge.Kind == DependencyKind.Requires).Select(Name));
        foreach (IGrouping<int, Dependency> choice in unit.Dependencies.Where(edge => edge.Kind == DependencyKind.RequiresAny).GroupBy(edge => edge.Choice))
        {
            AppendLine(text, $"waits for the first of ({definition.RequiresAny[choice.Key]})", choice.Select(Name));
        }

        AppendLine(text, definition.FinalizesOn == FinalizesOn.Failure ? "cleans up after a failure of" : "cleans up after", unit.Dependencies.Where(edge => edge.Kind == DependencyKind.Finalizes).Select(Name));
        AppendLine(text, "starts after", unit.Dependencies.Where(edge => edge.Kind == DependencyKind.After).Select(Name));
        AppendLine(text, "claims", definition.Claims);
        AppendLine(text, "uses", definition.Uses.Select(use => use.ToString()));
        AppendLine(text, "group", definition.Group is null ? [] : [definition.Group]);
        AppendLine(text, "slots", definition.Slots == 1 ? [] : [definition.Slots.ToString(CultureInfo.InvariantCulture)]);
        AppendLine(text, "priority", definition.Priority == 0 ? [] : [definition.Priority.ToString(CultureInfo.InvariantCulture)]);

        string Name(Dependency edge) => view.Plan.Units[edge.Unit].Name;
    }

    private static void AppendLine(StringBuilder text, string what, IEnumerable<string> entries)
    {
        string list = string.Join(", ", entries);
        if (list.Length > 0)
        {
            text.Append("     ").Append(what).Append(' ').Append(list).Append('\n');
        }
    }

    private static string What(UnitDefinition unit) => unit switch
    {
        { Service: { } service } => $" (service, ready when {service})",
        { Work: MilestoneWork } => " (milestone)",
        _ => "",
    };

    private static string EstimateOfAll(PlanView view)
    {
        if (view.AtLeast <= 0)
        {
            return "";
        }

        string unknown = view.WithoutEstimate == 0 ? "" : $" and the time of {Count(view.WithoutEstimate, "unit")} that never ran";
        return $", at least {Time(view.AtLeast)}{unknown}";
    }

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

    private static string Time(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.0##} s");
}
