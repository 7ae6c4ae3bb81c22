using System.Collections.Immutable;
using System.Text.Json;
using NuGet.Versioning;
using Pexen.Model;

namespace Pexen.Execution.Protocol;

/// <summary>The properties of a unit's definition while they arrive, in any order.</summary>
internal sealed class UnitDefinitionFields
{
    private string _name = "", _workingDirectory = "", _digest = "";
    private string? _standardInput, _standardOutput, _standardError, _failureHint, _addTo, _group, _outputProperty;
    private Occasion _showOutput, _parseDiagnostics;
    private ImmutableArray<NamedValue> _environment = [], _addToMetadata = [], _exportProperties = [];
    private UnitOrigin? _origin;
    private ImmutableArray<Capability> _provides = [];
    private ImmutableArray<Requirement> _requires = [], _after = [];
    private ImmutableArray<RequirementChoice> _requiresAny = [];
    private ImmutableArray<string> _claims = [], _phases = [], _outputs = [], _allowSurvivors = [], _finalizes = [];
    private ImmutableArray<ResourceUse> _uses = [];
    private int _priority, _slots = 1;
    private TimeSpan? _timeout;
    private TimeSpan _gracePeriod;
    private Timing _timing = Timing.Default;
    private Limits _limits = Limits.Default;
    private long? _logLimit;
    private ExitCodes _success = ExitCodes.Zero, _skip = ExitCodes.None, _controlled = ExitCodes.None;
    private Aftermath _onFailure, _onCrash, _onControlledFailure;
    private FailureTolerance _continueOnError;
    private RunPer _runPer;
    private bool _cleanOutputs = true, _onDemand;
    private ServiceTerms? _service;
    private FinalizesOn _finalizesOn;
    private SourceLocation? _source;

    /// <summary>The reader stands on the property's value.</summary>
    public void Read(string property, ref Utf8JsonReader reader)
    {
        switch (property)
        {
            case "name": _name = reader.GetString()!; break;
            case "workingDirectory": _workingDirectory = reader.GetString()!; break;
            case "environment": _environment = JsonText.Pairs(ref reader); break;
            case "standardInput": _standardInput = reader.GetString(); break;
            case "standardOutput": _standardOutput = reader.GetString(); break;
            case "standardError": _standardError = reader.GetString(); break;
            case "showOutput": _showOutput = (Occasion)reader.GetInt32(); break;
            case "parseDiagnostics": _parseDiagnostics = (Occasion)reader.GetInt32(); break;
            case "failureHint": _failureHint = reader.GetString(); break;
            case "provides": _provides = ReadCapabilities(ref reader); break;
            case "requires": _requires = ReadRequirements(ref reader); break;
            case "requiresAny": _requiresAny = ReadChoices(ref reader); break;
            case "after": _after = ReadRequirements(ref reader); break;
            case "priority": _priority = reader.GetInt32(); break;
            case "claims": _claims = JsonText.Strings(ref reader); break;
            case "uses": _uses = ReadUses(ref reader); break;
            case "slots": _slots = reader.GetInt32(); break;
            case "timeout": _timeout = new TimeSpan(reader.GetInt64()); break;
            case "gracePeriod": _gracePeriod = new TimeSpan(reader.GetInt64()); break;
            case "timing": _timing = TimingJson.Read(ref reader); break;
            case "allowSurvivors": _allowSurvivors = JsonText.Strings(ref reader); break;
            case "limits": _limits = LimitsJson.Read(ref reader); break;
            case "logLimit": _logLimit = reader.GetInt64(); break;
            case "successExitCodes": _success = JsonText.Codes(ref reader); break;
            case "skipExitCodes": _skip = JsonText.Codes(ref reader); break;
            case "controlledExitCodes": _controlled = JsonText.Codes(ref reader); break;
            case "onFailure": _onFailure = (Aftermath)reader.GetInt32(); break;
            case "onCrash": _onCrash = (Aftermath)reader.GetInt32(); break;
            case "onControlledFailure": _onControlledFailure = (Aftermath)reader.GetInt32(); break;
            case "continueOnError": _continueOnError = (FailureTolerance)reader.GetInt32(); break;
            case "phases": _phases = JsonText.Strings(ref reader); break;
            case "runPer": _runPer = (RunPer)reader.GetInt32(); break;
            case "outputs": _outputs = JsonText.Strings(ref reader); break;
            case "addTo": _addTo = reader.GetString(); break;
            case "addToMetadata": _addToMetadata = JsonText.Pairs(ref reader); break;
            case "cleanOutputs": _cleanOutputs = reader.GetBoolean(); break;
            case "onDemand": _onDemand = reader.GetBoolean(); break;
            case "service": _service = ReadService(ref reader); break;
            case "finalizes": _finalizes = JsonText.Strings(ref reader); break;
            case "finalizesOn": _finalizesOn = (FinalizesOn)reader.GetInt32(); break;
            case "group": _group = reader.GetString(); break;
            case "outputProperty": _outputProperty = reader.GetString(); break;
            case "exportProperties": _exportProperties = JsonText.Pairs(ref reader); break;
            case "origin": _origin = ReadOrigin(ref reader); break;
            case "digest": _digest = reader.GetString()!; break;
            case "at": _source = DiagnosticJson.ReadLocation(ref reader); break;
            default: reader.Skip(); break;
        }
    }

    public UnitDefinition ToDefinition(Work work) => new()
    {
        Name = _name,
        Work = work,
        WorkingDirectory = _workingDirectory,
        Environment = _environment,
        StandardInput = _standardInput,
        StandardOutput = _standardOutput,
        StandardError = _standardError,
        ShowOutput = _showOutput,
        ParseDiagnostics = _parseDiagnostics,
        FailureHint = _failureHint,
        Provides = _provides,
        Requires = _requires,
        RequiresAny = _requiresAny,
        After = _after,
        Priority = _priority,
        Claims = _claims,
        Uses = _uses,
        Slots = _slots,
        Timeout = _timeout,
        GracePeriod = _gracePeriod,
        Timing = _timing,
        AllowSurvivors = _allowSurvivors,
        Limits = _limits,
        LogLimit = _logLimit,
        SuccessExitCodes = _success,
        SkipExitCodes = _skip,
        ControlledExitCodes = _controlled,
        OnFailure = _onFailure,
        OnCrash = _onCrash,
        OnControlledFailure = _onControlledFailure,
        ContinueOnError = _continueOnError,
        Phases = _phases,
        RunPer = _runPer,
        Outputs = _outputs,
        AddTo = _addTo,
        AddToMetadata = _addToMetadata,
        CleanOutputs = _cleanOutputs,
        OnDemand = _onDemand,
        Service = _service,
        Finalizes = _finalizes,
        FinalizesOn = _finalizesOn,
        Group = _group,
        OutputProperty = _outputProperty,
        ExportProperties = _exportProperties,
        Origin = _origin,
        Source = _source,
        Digest = _digest,
    };

    /// <summary>How it is ready, what that is told by, and the ticks it may take, 0 for no limit.</summary>
    private static ServiceTerms ReadService(ref Utf8JsonReader reader)
    {
        JsonText.NextElement(ref reader);
        var kind = (ReadyKind)reader.GetInt32();
        reader.Read();
        string text = reader.GetString()!;
        reader.Read();
        long ticks = reader.GetInt64();
        reader.Read();
        return new ServiceTerms(kind, text, ticks == 0 ? null : new TimeSpan(ticks));
    }

    /// <summary>The file, then the path.</summary>
    private static UnitOrigin ReadOrigin(ref Utf8JsonReader reader)
    {
        ImmutableArray<string> texts = JsonText.Strings(ref reader);
        return new UnitOrigin(texts[0], texts[1..]);
    }

    /// <summary>Versions are parsed only where there are any: loading their library costs milliseconds.</summary>
    private static ImmutableArray<Capability> ReadCapabilities(ref Utf8JsonReader reader)
    {
        ImmutableArray<Capability>.Builder capabilities = ImmutableArray.CreateBuilder<Capability>();
        while (JsonText.NextElement(ref reader))
        {
            string name = reader.GetString()!;
            reader.Read();
            string version = reader.GetString()!;
            capabilities.Add(version.Length == 0 ? new Capability(name, null) : WithVersion(name, version));
        }

        return capabilities.ToImmutable();
    }

    private static Capability WithVersion(string name, string version) => new(name, NuGetVersion.Parse(version));

    private static ImmutableArray<Requirement> ReadRequirements(ref Utf8JsonReader reader)
    {
        ImmutableArray<Requirement>.Builder requirements = ImmutableArray.CreateBuilder<Requirement>();
        while (JsonText.NextElement(ref reader))
        {
            string name = reader.GetString()!;
            reader.Read();
            requirements.Add(new Requirement(name, null, reader.GetString()!));
        }

        return requirements.ToImmutable();
    }

    private static ImmutableArray<RequirementChoice> ReadChoices(ref Utf8JsonReader reader)
    {
        ImmutableArray<RequirementChoice>.Builder choices = ImmutableArray.CreateBuilder<RequirementChoice>();
        while (JsonText.NextElement(ref reader))
        {
            choices.Add(new RequirementChoice(ReadRequirements(ref reader)));
        }

        return choices.ToImmutable();
    }

    private static ImmutableArray<ResourceUse> ReadUses(ref Utf8JsonReader reader)
    {
        ImmutableArray<ResourceUse>.Builder uses = ImmutableArray.CreateBuilder<ResourceUse>();
        while (JsonText.NextElement(ref reader))
        {
            string resource = reader.GetString()!;
            reader.Read();
            uses.Add(new ResourceUse(resource, reader.GetInt32()));
        }

        return uses.ToImmutable();
    }
}
