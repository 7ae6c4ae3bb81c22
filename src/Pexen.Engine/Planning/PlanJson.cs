using System.Buffers;
using System.Text.Json;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>The plan for programs: <c>plan.json</c>. Names are those of <c>run.json</c>; nothing is left out.</summary>
internal static class PlanJson
{
    /// <summary>UTF-8.</summary>
    public static byte[] Write(PlanView view)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", 1);
            json.WriteString("phase", view.Run.Phase);
            json.WriteString("runPer", view.Run.RunPer.ToString());
            json.WriteNumber("maxParallel", view.MaxParallel);
            WriteNumber(json, "estimatedMs", view.AtLeast > 0 ? view.AtLeast : null);
            WriteList(json, "choices", view.Plan.Choices);
            json.WriteStartArray("resources");
            foreach (ResourceDefinition resource in view.Plan.Resources)
            {
                json.WriteStartObject();
                json.WriteString("name", resource.Name);
                WriteNumber(json, "capacity", resource.Capacity);
                json.WriteString("scope", resource.Scope.ToString());
                WriteList(json, "instances", resource.Instances);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteGroups(json, view.Plan.Groups);
            json.WriteStartArray("units");
            foreach (PlannedUnit unit in view.Plan.Units)
            {
                WriteUnit(json, view, unit);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteGroups(Utf8JsonWriter json, IEnumerable<GroupDefinition> groups)
    {
        json.WriteStartArray("groups");
        foreach (GroupDefinition group in groups)
        {
            json.WriteStartObject();
            json.WriteString("name", group.Name);
            WriteNumber(json, "maxParallel", group.MaxParallel);
            json.WriteBoolean("exclusive", group.Exclusive);
            WriteText(json, "group", group.Parent);
            WriteNumber(json, "timeoutMs", group.Timeout?.TotalMilliseconds);
            for (GroupHook hook = GroupHook.OnStarted; hook <= GroupHook.OnFinished; hook++)
            {
                WriteText(json, JsonNamingPolicy.CamelCase.ConvertName(hook.ToString()), group.Hooks[hook]);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteUnit(Utf8JsonWriter json, PlanView view, PlannedUnit unit)
    {
        UnitDefinition definition = unit.Definition;
        json.WriteStartObject();
        json.WriteString("name", unit.Name);
        json.WriteNumber("index", unit.Index);
        json.WriteNumber("rank", unit.Rank);
        json.WriteNumber("wave", view.WaveOf(unit) + 1);
        WriteList(json, "provides", definition.Provides);
        WriteList(json, "requires", definition.Requires);
        WriteList(json, "requiresAny", definition.RequiresAny);
        WriteList(json, "after", definition.After);
        json.WriteStartArray("dependsOn");
        foreach (Dependency dependency in unit.Dependencies)
        {
            json.WriteStartObject();
            json.WriteString("unit", view.Plan.Units[dependency.Unit].Name);
            json.WriteString("kind", dependency.Kind.ToString());
            WriteText(json, "choice", dependency.Kind == DependencyKind.RequiresAny ? definition.RequiresAny[dependency.Choice].ToString() : null);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteList(json, "claims", definition.Claims);
        WriteList(json, "uses", definition.Uses);
        WriteText(json, "group", definition.Group);
        json.WriteBoolean("service", definition.Service is not null);
        WriteText(json, "readyWhen", definition.Service?.ToString());
        WriteList(json, "finalizes", definition.Finalizes);
        WriteText(json, "finalizesOn", definition.Finalizes.IsEmpty ? null : definition.FinalizesOn.ToString());
        json.WriteNumber("priority", definition.Priority);
        json.WriteNumber("slots", definition.Slots);
        WriteNumber(json, "estimatedMs", view.Estimate(unit));
        json.WriteString("definition", definition.Digest);
        json.WriteEndObject();
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IEnumerable<T> values)
    {
        json.WriteStartArray(name);
        foreach (T value in values)
        {
            json.WriteStringValue(value?.ToString());
        }

        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
