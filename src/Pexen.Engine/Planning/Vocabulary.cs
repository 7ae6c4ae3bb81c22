namespace Pexen.Planning;

/// <summary>
/// Every name of the contract that a project file can use, and whether this version has it.
/// The only place of that decision: moving a name from one list to the other is what makes it due.
/// </summary>
internal static class Vocabulary
{
    /// <summary>Metadata of <c>PexenUnit</c>.</summary>
    public static IReadOnlyDictionary<string, bool> UnitMetadata { get; } = Table(
        due:
        [
            "Name", "Command", "Script", "Executable", "Method", "Assembly", "Arguments", "WorkingDirectory", "EnvironmentVariables", "StandardInput",
            "StandardOutput", "StandardError", "ShowOutput", "ParseDiagnostics", "FailureHint", "Provides", "Requires", "RequiresAny",
            "After", "Priority", "Claims", "Uses", "Slots", "Timeout", "GracePeriod", "SuccessExitCodes", "SkipExitCodes",
            "ControlledExitCodes", "OnFailure", "OnCrash", "OnControlledFailure", "ContinueOnError", "Phase", "RunPer", "Outputs",
            "AddTo", "AddToMetadata", "CleanOutputs", "LogLimit", "Targets", "Project", "Properties", "OutputProperty", "ExportProperties",
            "OnDemand", "Group", "IdleTimeout", "SlowAfter", "StartDelay", "Retries", "RetryDelay", "RetryBackoff", "RetryOn", "OnTimeout", "TotalTimeout",
            "Finalizes", "FinalizesOn", "Service", "ReadyWhen", "ReadyTimeout", "MemoryLimit", "Preemptible", "Category", "Size", "AllowSurvivors",
        ],
        notDue: ["Inputs", "DepFile", "Cache", "RunsOn", "Resume"]);

    /// <summary>Metadata of <c>PexenResource</c>.</summary>
    public static IReadOnlyDictionary<string, bool> ResourceMetadata { get; } = Table(due: ["Capacity", "Scope", "Instances"], notDue: []);

    /// <summary>Metadata of <c>PexenShared</c>.</summary>
    public static IReadOnlyDictionary<string, bool> SharedMetadata { get; } = Table(due: ["Value", "Secret"], notDue: []);

    /// <summary>Metadata of <c>PexenGroup</c>.</summary>
    public static IReadOnlyDictionary<string, bool> GroupMetadata { get; } = Table(
        due: ["MaxParallel", "Exclusive", "Group", "Timeout", "OnStarted", "OnSucceeded", "OnFinished"],
        notDue: []);

    /// <summary>Properties that say how units run. Those that only the targets read are not among them.</summary>
    public static IReadOnlyDictionary<string, bool> Properties { get; } = Table(
        due:
        [
            "PexenMaxParallel", "PexenTimeout", "PexenDefaultTimeout", "PexenGracePeriod", "PexenFailurePolicy",
            "PexenMaxFailures", "PexenOnFailure", "PexenOnCrash", "PexenHistory", "PexenStrict", "PexenUnits", "PexenShowOutput",
            "PexenLogLimit", "PexenMaxDynamicUnits", "PexenDefaultIdleTimeout", "PexenSlowAfter", "PexenDefaultRetries", "PexenMasks", "PexenFinalizerTimeout",
            "PexenMemoryKind", "PexenMemoryLimit", "PexenAffinity",
        ],
        notDue:
        [
            "PexenReports", "PexenResume",
            "PexenCacheDirectory", "PexenRemoteCache", "PexenJobServer",
        ]);

    /// <summary>Item types besides <c>PexenUnit</c> and <c>PexenResource</c>.</summary>
    public static IReadOnlyDictionary<string, bool> ItemTypes { get; } = Table(
        due: ["PexenShared", "PexenScripts", "PexenManifest", "PexenGroup", "PexenAssembly"],
        notDue: ["PexenFmf", "PexenPool"]);

    /// <summary>A plain dictionary: the frozen ones take longer to make than a small project takes to plan.</summary>
    private static Dictionary<string, bool> Table(string[] due, string[] notDue)
    {
        Dictionary<string, bool> table = new(due.Length + notDue.Length, StringComparer.OrdinalIgnoreCase);
        foreach (string name in due)
        {
            table.Add(name, true);
        }

        foreach (string name in notDue)
        {
            table.Add(name, false);
        }

        return table;
    }
}
