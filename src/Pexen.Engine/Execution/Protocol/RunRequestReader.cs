using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Pexen.Execution.Supervision;
using Pexen.Model;

namespace Pexen.Execution.Protocol;

/// <summary>Reads what <see cref="RunRequestWriter"/> wrote.</summary>
internal static class RunRequestReader
{
    /// <param name="line">One line of JSON, with or without its end.</param>
    /// <exception cref="ProtocolException">It is from another build of Pexen, or not a request.</exception>
    public static RunRequest Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            return ReadRequest(ref reader);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new ProtocolException($"the request cannot be read: {exception.Message}");
        }
    }

    private static RunRequest ReadRequest(ref Utf8JsonReader reader)
    {
        int protocol = 0;
        string runId = "", buildId = "", projectFile = "", projectName = "", phase = "", folder = "";
        string? build = null, targetFramework = null;
        int maxParallel = 1, maxFailures = 1;
        var policy = FailurePolicy.KeepGoing;
        TimeSpan? timeout = null, finalizerTimeout = null;
        long logLimit = 0;
        var affinity = Affinity.None;
        int[][] slotProcessors = [];
        long? memoryLimit = null;
        var memoryKind = MemoryKind.Tree;
        ImmutableArray<string> masks = [];
        bool history = true, progress = false, held = false;
        int maxDynamicUnits = 0, testPrograms = 0, testStarter = 0;
        ImmutableArray<NamedValue> settings = [], globalProperties = [];
        ImmutableArray<string> selection = [];
        ImmutableArray<Diagnostic> diagnostics = [];
        ImmutableArray<ResourceDefinition> resources = [];
        ImmutableArray<PlannedUnit> units = [];
        ImmutableArray<GroupDefinition> groups = [];
        ImmutableArray<SharedPreset> presets = [];
        reader.Read();
        while (JsonText.NextProperty(ref reader) is string name)
        {
            switch (name)
            {
                case "protocol": protocol = reader.GetInt32(); break;
                case "build":
                    build = reader.GetString();
                    CheckIdentity(protocol, build);
                    break;
                case "runId": runId = reader.GetString()!; break;
                case "buildId": buildId = reader.GetString()!; break;
                case "projectFile": projectFile = reader.GetString()!; break;
                case "projectName": projectName = reader.GetString()!; break;
                case "phase": phase = reader.GetString()!; break;
                case "targetFramework": targetFramework = reader.GetString(); break;
                case "folder": folder = reader.GetString()!; break;
                case "maxParallel": maxParallel = reader.GetInt32(); break;
                case "failurePolicy": policy = (FailurePolicy)reader.GetInt32(); break;
                case "maxFailures": maxFailures = reader.GetInt32(); break;
                case "timeout": timeout = new TimeSpan(reader.GetInt64()); break;
                case "finalizerTimeout": finalizerTimeout = new TimeSpan(reader.GetInt64()); break;
                case "logLimit": logLimit = reader.GetInt64(); break;
                case "affinity": affinity = (Affinity)reader.GetInt32(); break;
                case "slotProcessors": slotProcessors = ReadProcessors(ref reader); break;
                case "memoryLimit": memoryLimit = reader.GetInt64(); break;
                case "memoryKind": memoryKind = (MemoryKind)reader.GetInt32(); break;
                case "held": held = reader.GetBoolean(); break;
                case "testPrograms": testPrograms = reader.GetInt32(); break;
                case "testStarter": testStarter = reader.GetInt32(); break;
                case "progress": progress = reader.GetBoolean(); break;
                case "masks": masks = JsonText.Strings(ref reader); break;
                case "selection": selection = JsonText.Strings(ref reader); break;
                case "history": history = reader.GetBoolean(); break;
                case "maxDynamicUnits": maxDynamicUnits = reader.GetInt32(); break;
                case "settings": settings = JsonText.Pairs(ref reader); break;
                case "globalProperties": globalProperties = JsonText.Pairs(ref reader); break;
                case "groups": groups = ReadGroups(ref reader); break;
                case "presets": presets = ReadPresets(ref reader); break;
                case "diagnostics": diagnostics = ReadDiagnostics(ref reader); break;
                case "resources": resources = ReadResources(ref reader); break;
                case "units": units = ReadUnits(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        if (build is null)
        {
            throw new ProtocolException("the request does not say which build of Pexen it is from");
        }

        return new RunRequest
        {
            RunId = runId,
            BuildId = buildId,
            ProjectFile = projectFile,
            ProjectName = projectName,
            Phase = phase,
            TargetFramework = targetFramework,
            Folder = folder,
            MaxParallel = maxParallel,
            FailurePolicy = policy,
            MaxFailures = maxFailures,
            Timeout = timeout,
            FinalizerTimeout = finalizerTimeout,
            LogLimit = logLimit,
            Affinity = affinity,
            SlotProcessors = slotProcessors,
            MemoryLimit = memoryLimit,
            MemoryKind = memoryKind,
            Masks = masks,
            Held = held,
            TestPrograms = testPrograms > 0 ? new TestPrograms(testPrograms, testStarter) : null,
            Progress = progress,
            Selection = selection,
            History = history,
            Diagnostics = diagnostics,
            MaxDynamicUnits = maxDynamicUnits,
            Settings = settings,
            GlobalProperties = globalProperties,
            Plan = new Plan { Units = units, Resources = resources, Groups = groups, Presets = presets },
        };
    }

    private static void CheckIdentity(int protocol, string? build)
    {
        if (protocol != ProtocolIdentity.Version || build != ProtocolIdentity.Build)
        {
            throw new ProtocolException(
                $"the task is of another build of Pexen (protocol {protocol}, build {build}) than the supervisor (protocol {ProtocolIdentity.Version}, build {ProtocolIdentity.Build})");
        }
    }

    private static ImmutableArray<Diagnostic> ReadDiagnostics(ref Utf8JsonReader reader)
    {
        ImmutableArray<Diagnostic>.Builder diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        while (JsonText.NextElement(ref reader))
        {
            diagnostics.Add(DiagnosticJson.Read(ref reader));
        }

        return diagnostics.ToImmutable();
    }

    private static ImmutableArray<ResourceDefinition> ReadResources(ref Utf8JsonReader reader)
    {
        ImmutableArray<ResourceDefinition>.Builder resources = ImmutableArray.CreateBuilder<ResourceDefinition>();
        while (JsonText.NextElement(ref reader))
        {
            string resource = "";
            int? capacity = null;
            var scope = ResourceScope.Project;
            ImmutableArray<string> instances = [];
            SourceLocation? source = null;
            while (JsonText.NextProperty(ref reader) is string name)
            {
                switch (name)
                {
                    case "name": resource = reader.GetString()!; break;
                    case "capacity": capacity = reader.GetInt32(); break;
                    case "scope": scope = (ResourceScope)reader.GetInt32(); break;
                    case "instances": instances = JsonText.Strings(ref reader); break;
                    case "at": source = DiagnosticJson.ReadLocation(ref reader); break;
                    default: reader.Skip(); break;
                }
            }

            resources.Add(new ResourceDefinition(resource, capacity, source) { Scope = scope, Instances = instances });
        }

        return resources.ToImmutable();
    }

    private static ImmutableArray<GroupDefinition> ReadGroups(ref Utf8JsonReader reader)
    {
        ImmutableArray<GroupDefinition>.Builder groups = ImmutableArray.CreateBuilder<GroupDefinition>();
        while (JsonText.NextElement(ref reader))
        {
            string group = "";
            int? width = null;
            bool exclusive = false;
            string? parent = null;
            SourceLocation? source = null;
            TimeSpan? timeout = null;
            GroupHooks hooks = GroupHooks.None;
            while (JsonText.NextProperty(ref reader) is string name)
            {
                switch (name)
                {
                    case "name": group = reader.GetString()!; break;
                    case "maxParallel": width = reader.GetInt32(); break;
                    case "exclusive": exclusive = reader.GetBoolean(); break;
                    case "parent": parent = reader.GetString(); break;
                    case "timeout": timeout = TimeSpan.FromTicks(reader.GetInt64()); break;
                    case "onStarted": hooks = hooks with { OnStarted = reader.GetString() }; break;
                    case "onSucceeded": hooks = hooks with { OnSucceeded = reader.GetString() }; break;
                    case "onFinished": hooks = hooks with { OnFinished = reader.GetString() }; break;
                    case "at": source = DiagnosticJson.ReadLocation(ref reader); break;
                    default: reader.Skip(); break;
                }
            }

            groups.Add(new GroupDefinition(group, width, exclusive, parent, source) { Timeout = timeout, Hooks = hooks });
        }

        return groups.ToImmutable();
    }

    /// <summary>For each slot how many it has, then which.</summary>
    private static int[][] ReadProcessors(ref Utf8JsonReader reader)
    {
        List<int[]> slots = [];
        while (JsonText.NextElement(ref reader))
        {
            int[] processors = new int[reader.GetInt32()];
            for (int index = 0; index < processors.Length; index++)
            {
                reader.Read();
                processors[index] = reader.GetInt32();
            }

            slots.Add(processors);
        }

        return [.. slots];
    }

    private static ImmutableArray<SharedPreset> ReadPresets(ref Utf8JsonReader reader)
    {
        ImmutableArray<SharedPreset>.Builder presets = ImmutableArray.CreateBuilder<SharedPreset>();
        while (JsonText.NextElement(ref reader))
        {
            string key = reader.GetString()!;
            reader.Read();
            string value = reader.GetString()!;
            reader.Read();
            presets.Add(new SharedPreset(key, value, reader.GetBoolean()));
        }

        return presets.ToImmutable();
    }

    private static ImmutableArray<PlannedUnit> ReadUnits(ref Utf8JsonReader reader)
    {
        ImmutableArray<PlannedUnit>.Builder units = ImmutableArray.CreateBuilder<PlannedUnit>();
        while (JsonText.NextElement(ref reader))
        {
            units.Add(ReadUnit(ref reader));
        }

        return units.ToImmutable();
    }

    private static PlannedUnit ReadUnit(ref Utf8JsonReader reader)
    {
        int index = 0, rank = 0;
        ImmutableArray<Dependency> dependencies = [];
        string? command = null, script = null, executable = null, project = null, method = null, assembly = null;
        ImmutableArray<string> arguments = [], targets = [];
        ImmutableArray<NamedValue> properties = [];
        var unit = new UnitDefinitionFields();
        while (JsonText.NextProperty(ref reader) is string name)
        {
            switch (name)
            {
                case "index": index = reader.GetInt32(); break;
                case "rank": rank = reader.GetInt32(); break;
                case "dependencies": dependencies = ReadDependencies(ref reader); break;
                case "command": command = reader.GetString(); break;
                case "script": script = reader.GetString(); break;
                case "executable": executable = reader.GetString(); break;
                case "project": project = reader.GetString(); break;
                case "targets": targets = JsonText.Strings(ref reader); break;
                case "properties": properties = JsonText.Pairs(ref reader); break;
                case "method": method = reader.GetString(); break;
                case "assembly": assembly = reader.GetString(); break;
                case "arguments": arguments = JsonText.Strings(ref reader); break;
                default: unit.Read(name, ref reader); break;
            }
        }

        Work work = command is not null ? new CommandWork(command)
            : script is not null ? new ScriptWork(script, arguments)
            : executable is not null ? new ExecutableWork(executable, arguments)
            : !targets.IsEmpty ? new TargetsWork(project, targets, properties)
            : method is not null && assembly is not null ? new MethodWork(assembly, method, arguments)
            : new MilestoneWork();
        return new PlannedUnit { Index = index, Rank = rank, Dependencies = dependencies, Definition = unit.ToDefinition(work) };
    }

    private static ImmutableArray<Dependency> ReadDependencies(ref Utf8JsonReader reader)
    {
        // By a plain array: a builder for a structure of ours would have to be compiled at every start.
        Dependency[] dependencies = new Dependency[4];
        int count = 0;
        while (JsonText.NextElement(ref reader))
        {
            if (count == dependencies.Length)
            {
                dependencies = Resized(dependencies, count, count * 2);
            }

            int unit = reader.GetInt32();
            reader.Read();
            var kind = (DependencyKind)reader.GetInt32();
            reader.Read();
            dependencies[count++] = new Dependency(unit, kind, reader.GetInt32());
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(Resized(dependencies, count, count));
    }

    private static Dependency[] Resized(Dependency[] dependencies, int count, int length)
    {
        var resized = new Dependency[length];
        Array.Copy(dependencies, resized, count);
        return resized;
    }
}
