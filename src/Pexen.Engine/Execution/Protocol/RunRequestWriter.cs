using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Pexen.Model;

namespace Pexen.Execution.Protocol;

/// <summary>Writes a request as one line of JSON, for the host's standard input. What has its default value is left out.</summary>
internal static class RunRequestWriter
{
    /// <summary>The line, with its end.</summary>
    public static ReadOnlyMemory<byte> Write(RunRequest request)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.Compact))
        {
            writer.WriteStartObject();
            writer.WriteNumber("protocol", ProtocolIdentity.Version);
            writer.WriteString("build", ProtocolIdentity.Build);
            WriteRun(writer, request);
            WritePlan(writer, request.Plan);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    private static void WriteRun(Utf8JsonWriter writer, RunRequest request)
    {
        writer.WriteString("runId", request.RunId);
        writer.WriteString("buildId", request.BuildId);
        writer.WriteString("projectFile", request.ProjectFile);
        writer.WriteString("projectName", request.ProjectName);
        writer.WriteString("phase", request.Phase);
        Optional(writer, "targetFramework", request.TargetFramework);
        writer.WriteString("folder", request.Folder);
        writer.WriteNumber("maxParallel", request.MaxParallel);
        writer.WriteNumber("failurePolicy", (int)request.FailurePolicy);
        writer.WriteNumber("maxFailures", request.MaxFailures);
        Optional(writer, "timeout", request.Timeout);
        Optional(writer, "finalizerTimeout", request.FinalizerTimeout);
        writer.WriteNumber("logLimit", request.LogLimit);
        WriteProcessors(writer, request);
        WriteMemory(writer, request);
        if (!request.Masks.IsEmpty)
        {
            JsonText.Strings(writer, "masks", request.Masks);
        }

        if (request.Held)
        {
            writer.WriteBoolean("held", true);
            if (request.TestPrograms is { } programs)
            {
                writer.WriteNumber("testPrograms", programs.Count);
                writer.WriteNumber("testStarter", programs.Starter);
            }
        }

        writer.WriteBoolean("progress", request.Progress);
        JsonText.Strings(writer, "selection", request.Selection);
        writer.WriteBoolean("history", request.History);
        writer.WriteNumber("maxDynamicUnits", request.MaxDynamicUnits);
        OptionalPairs(writer, "settings", request.Settings);
        OptionalPairs(writer, "globalProperties", request.GlobalProperties);
        writer.WriteStartArray("diagnostics");
        foreach (Diagnostic diagnostic in request.Diagnostics)
        {
            DiagnosticJson.Write(writer, diagnostic);
        }

        writer.WriteEndArray();
    }

    private static void WriteProcessors(Utf8JsonWriter writer, RunRequest request)
    {
        if (request.SlotProcessors.Length == 0)
        {
            return;
        }

        writer.WriteNumber("affinity", (int)request.Affinity);
        writer.WriteStartArray("slotProcessors");
        foreach (int[] processors in request.SlotProcessors)
        {
            writer.WriteNumberValue(processors.Length);
            foreach (int processor in processors)
            {
                writer.WriteNumberValue(processor);
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteMemory(Utf8JsonWriter writer, RunRequest request)
    {
        if (request.MemoryLimit is long limit)
        {
            writer.WriteNumber("memoryLimit", limit);
        }

        if (request.MemoryKind != MemoryKind.Tree)
        {
            writer.WriteNumber("memoryKind", (int)request.MemoryKind);
        }
    }

    private static void WritePlan(Utf8JsonWriter writer, Plan plan)
    {
        writer.WriteStartArray("resources");
        foreach (ResourceDefinition resource in plan.Resources)
        {
            writer.WriteStartObject();
            writer.WriteString("name", resource.Name);
            if (resource.Capacity is int capacity)
            {
                writer.WriteNumber("capacity", capacity);
            }

            if (resource.Scope != ResourceScope.Project)
            {
                writer.WriteNumber("scope", (int)resource.Scope);
            }

            OptionalStrings(writer, "instances", resource.Instances);
            DiagnosticJson.WriteLocation(writer, resource.Source);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteGroups(writer, plan.Groups);
        WritePresets(writer, plan.Presets);
        writer.WriteStartArray("units");
        foreach (PlannedUnit unit in plan.Units)
        {
            writer.WriteStartObject();
            writer.WriteNumber("index", unit.Index);
            writer.WriteNumber("rank", unit.Rank);
            writer.WriteStartArray("dependencies");
            foreach (Dependency dependency in unit.Dependencies)
            {
                writer.WriteNumberValue(dependency.Unit);
                writer.WriteNumberValue((int)dependency.Kind);
                writer.WriteNumberValue(dependency.Choice);
            }

            writer.WriteEndArray();
            WriteDefinition(writer, unit.Definition);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteGroups(Utf8JsonWriter writer, ImmutableArray<GroupDefinition> groups)
    {
        if (groups.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray("groups");
        foreach (GroupDefinition group in groups)
        {
            writer.WriteStartObject();
            writer.WriteString("name", group.Name);
            if (group.MaxParallel is int width)
            {
                writer.WriteNumber("maxParallel", width);
            }

            writer.WriteBoolean("exclusive", group.Exclusive);
            Optional(writer, "parent", group.Parent);
            if (group.Timeout is TimeSpan timeout)
            {
                writer.WriteNumber("timeout", timeout.Ticks);
            }

            Optional(writer, "onStarted", group.Hooks.OnStarted);
            Optional(writer, "onSucceeded", group.Hooks.OnSucceeded);
            Optional(writer, "onFinished", group.Hooks.OnFinished);
            DiagnosticJson.WriteLocation(writer, group.Source);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WritePresets(Utf8JsonWriter writer, ImmutableArray<SharedPreset> presets)
    {
        if (presets.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray("presets");
        foreach (SharedPreset preset in presets)
        {
            writer.WriteStringValue(preset.Key);
            writer.WriteStringValue(preset.Value);
            writer.WriteBooleanValue(preset.Secret);
        }

        writer.WriteEndArray();
    }

    private static void WriteDefinition(Utf8JsonWriter writer, UnitDefinition unit)
    {
        writer.WriteString("name", unit.Name);
        WriteWork(writer, unit.Work);
        writer.WriteString("workingDirectory", unit.WorkingDirectory);
        OptionalPairs(writer, "environment", unit.Environment);
        Optional(writer, "standardInput", unit.StandardInput);
        Optional(writer, "standardOutput", unit.StandardOutput);
        Optional(writer, "standardError", unit.StandardError);
        writer.WriteNumber("showOutput", (int)unit.ShowOutput);
        writer.WriteNumber("parseDiagnostics", (int)unit.ParseDiagnostics);
        Optional(writer, "failureHint", unit.FailureHint);
        WriteOrder(writer, unit);
        Optional(writer, "timeout", unit.Timeout);
        writer.WriteNumber("gracePeriod", unit.GracePeriod.Ticks);
        TimingJson.Write(writer, unit.Timing);
        LimitsJson.Write(writer, unit.Limits);
        OptionalStrings(writer, "allowSurvivors", unit.AllowSurvivors);
        if (unit.LogLimit is long logLimit)
        {
            writer.WriteNumber("logLimit", logLimit);
        }

        JsonText.Codes(writer, "successExitCodes", unit.SuccessExitCodes);
        JsonText.Codes(writer, "skipExitCodes", unit.SkipExitCodes);
        JsonText.Codes(writer, "controlledExitCodes", unit.ControlledExitCodes);
        writer.WriteNumber("onFailure", (int)unit.OnFailure);
        writer.WriteNumber("onCrash", (int)unit.OnCrash);
        writer.WriteNumber("onControlledFailure", (int)unit.OnControlledFailure);
        writer.WriteNumber("continueOnError", (int)unit.ContinueOnError);
        JsonText.Strings(writer, "phases", unit.Phases);
        writer.WriteNumber("runPer", (int)unit.RunPer);
        OptionalStrings(writer, "outputs", unit.Outputs);
        Optional(writer, "addTo", unit.AddTo);
        OptionalPairs(writer, "addToMetadata", unit.AddToMetadata);
        writer.WriteBoolean("cleanOutputs", unit.CleanOutputs);
        Optional(writer, "outputProperty", unit.OutputProperty);
        OptionalPairs(writer, "exportProperties", unit.ExportProperties);
        if (unit.OnDemand)
        {
            writer.WriteBoolean("onDemand", true);
        }

        Optional(writer, "group", unit.Group);
        WriteLifetime(writer, unit);
        if (unit.Origin is UnitOrigin origin)
        {
            JsonText.Strings(writer, "origin", [origin.File, .. origin.Path]);
        }

        writer.WriteString("digest", unit.Digest);
        DiagnosticJson.WriteLocation(writer, unit.Source);
    }

    private static void WriteLifetime(Utf8JsonWriter writer, UnitDefinition unit)
    {
        if (unit.Service is ServiceTerms service)
        {
            writer.WriteStartArray("service");
            writer.WriteNumberValue((int)service.Kind);
            writer.WriteStringValue(service.Text);
            writer.WriteNumberValue(service.ReadyTimeout?.Ticks ?? 0);
            writer.WriteEndArray();
        }

        if (!unit.Finalizes.IsEmpty)
        {
            JsonText.Strings(writer, "finalizes", unit.Finalizes);
            writer.WriteNumber("finalizesOn", (int)unit.FinalizesOn);
        }
    }

    private static void WriteOrder(Utf8JsonWriter writer, UnitDefinition unit)
    {
        writer.WriteStartArray("provides");
        foreach (Capability capability in unit.Provides)
        {
            writer.WriteStringValue(capability.Name);
            writer.WriteStringValue(capability.Version is { } version ? version.OriginalVersion ?? version.ToFullString() : "");
        }

        writer.WriteEndArray();
        WriteRequirements(writer, "requires", unit.Requires);
        if (!unit.RequiresAny.IsEmpty)
        {
            writer.WriteStartArray("requiresAny");
            foreach (RequirementChoice choice in unit.RequiresAny)
            {
                writer.WriteStartArray();
                WriteRequirements(writer, choice.Alternatives);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        WriteRequirements(writer, "after", unit.After);
        writer.WriteNumber("priority", unit.Priority);
        OptionalStrings(writer, "claims", unit.Claims);
        if (!unit.Uses.IsEmpty)
        {
            writer.WriteStartArray("uses");
            foreach (ResourceUse use in unit.Uses)
            {
                writer.WriteStringValue(use.Resource);
                writer.WriteNumberValue(use.Tokens);
            }

            writer.WriteEndArray();
        }

        writer.WriteNumber("slots", unit.Slots);
    }

    private static void WriteWork(Utf8JsonWriter writer, Work work)
    {
        switch (work)
        {
            case MilestoneWork:
                return;
            case CommandWork command:
                writer.WriteString("command", command.Text);
                return;
            case ScriptWork script:
                writer.WriteString("script", script.File);
                JsonText.Strings(writer, "arguments", script.Arguments);
                return;
            case ExecutableWork executable:
                writer.WriteString("executable", executable.File);
                JsonText.Strings(writer, "arguments", executable.Arguments);
                return;
            case TargetsWork targets:
                Optional(writer, "project", targets.Project);
                JsonText.Strings(writer, "targets", targets.Targets);
                OptionalPairs(writer, "properties", targets.Properties);
                return;
            case MethodWork method:
                writer.WriteString("method", method.Method);
                writer.WriteString("assembly", method.Assembly);
                JsonText.Strings(writer, "arguments", method.Arguments);
                return;
            default:
                throw new ProtocolException($"no way to send work of type {work.GetType().Name}");
        }
    }

    private static void WriteRequirements(Utf8JsonWriter writer, string name, ImmutableArray<Requirement> requirements)
    {
        if (requirements.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray(name);
        WriteRequirements(writer, requirements);
        writer.WriteEndArray();
    }

    /// <summary>Without their ranges: the plan is resolved, the host only names what was required.</summary>
    private static void WriteRequirements(Utf8JsonWriter writer, ImmutableArray<Requirement> requirements)
    {
        foreach (Requirement requirement in requirements)
        {
            writer.WriteStringValue(requirement.Name);
            writer.WriteStringValue(requirement.Text);
        }
    }

    private static void OptionalStrings(Utf8JsonWriter writer, string name, ImmutableArray<string> strings)
    {
        if (!strings.IsEmpty)
        {
            JsonText.Strings(writer, name, strings);
        }
    }

    private static void OptionalPairs(Utf8JsonWriter writer, string name, ImmutableArray<NamedValue> pairs)
    {
        if (!pairs.IsEmpty)
        {
            JsonText.Pairs(writer, name, pairs);
        }
    }

    private static void Optional(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    private static void Optional(Utf8JsonWriter writer, string name, TimeSpan? time)
    {
        if (time is TimeSpan value)
        {
            writer.WriteNumber(name, value.Ticks);
        }
    }
}
