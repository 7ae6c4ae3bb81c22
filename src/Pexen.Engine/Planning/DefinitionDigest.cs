using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>
/// Says in one short text what a unit is, so that records can be compared with the present project (rule 7).
/// Where it was written is not part of it, and neither is the folder that the project happens to lie in.
/// </summary>
internal static class DefinitionDigest
{
    public static string Of(UnitDefinition unit, string projectDirectory)
    {
        Canonical form = new(projectDirectory);
        form.Add("name", unit.Name);
        AddWork(form, unit.Work);
        form.AddPath("workingDirectory", unit.WorkingDirectory);
        form.AddAll("environment", unit.Environment.SelectMany(pair => new[] { pair.Key, pair.Value }));
        form.AddPath("standardInput", unit.StandardInput);
        form.AddPath("standardOutput", unit.StandardOutput);
        form.AddPath("standardError", unit.StandardError);
        form.Add("showOutput", unit.ShowOutput);
        form.Add("parseDiagnostics", unit.ParseDiagnostics);
        form.Add("failureHint", unit.FailureHint ?? "");
        form.AddAll("provides", unit.Provides);
        form.AddAll("requires", unit.Requires);
        form.AddAll("requiresAny", unit.RequiresAny);
        form.AddAll("after", unit.After);
        form.Add("priority", unit.Priority);
        form.AddAll("claims", unit.Claims);
        form.AddAll("uses", unit.Uses);
        form.Add("slots", unit.Slots);
        form.Add("timeout", unit.Timeout?.Ticks ?? 0);
        form.Add("gracePeriod", unit.GracePeriod.Ticks);
        AddTiming(form, unit.Timing);
        form.AddAll("allowSurvivors", unit.AllowSurvivors);
        AddLimits(form, unit.Limits);
        form.Add("logLimit", unit.LogLimit ?? 0);
        form.AddAll("success", unit.SuccessExitCodes.Ranges);
        form.AddAll("skip", unit.SkipExitCodes.Ranges);
        form.AddAll("controlled", unit.ControlledExitCodes.Ranges);
        form.AddAll("aftermath", [unit.OnFailure, unit.OnCrash, unit.OnControlledFailure]);
        form.Add("continueOnError", unit.ContinueOnError);
        form.AddAll("phases", unit.Phases);
        form.Add("runPer", unit.RunPer);
        form.AddAll("outputs", unit.Outputs);
        form.Add("addTo", unit.AddTo ?? "");
        form.AddAll("addToMetadata", unit.AddToMetadata.SelectMany(pair => new[] { pair.Key, pair.Value }));
        form.Add("cleanOutputs", unit.CleanOutputs);
        form.Add("onDemand", unit.OnDemand);
        form.Add("service", unit.Service is { } service ? $"{service} {service.ReadyTimeout?.Ticks}" : "");
        form.AddAll("finalizes", unit.Finalizes);
        form.Add("finalizesOn", unit.FinalizesOn);
        form.Add("group", unit.Group ?? "");
        form.Add("outputProperty", unit.OutputProperty ?? "");
        form.AddAll("exportProperties", unit.ExportProperties.SelectMany(pair => new[] { pair.Key, pair.Value }));
        return form.Digest();
    }

    private static void AddTiming(Canonical form, Timing timing)
    {
        form.Add("idleTimeout", timing.IdleTimeout?.Ticks ?? 0);
        form.Add("totalTimeout", timing.TotalTimeout?.Ticks ?? 0);
        form.Add("slowAfter", timing.SlowAfter?.Ticks ?? 0);
        form.Add("startDelay", timing.StartDelay.Ticks);
        form.Add("onTimeout", timing.OnTimeout);
        form.Add("retries", timing.Retries);
        form.Add("retryDelay", timing.RetryDelay.Ticks);
        form.Add("retryBackoff", timing.RetryBackoff.ToString("R", CultureInfo.InvariantCulture));
        form.Add("retryOn", timing.RetryOn);
        form.AddAll("retryOnExitCodes", timing.RetryOnExitCodes.Ranges);
    }

    private static void AddLimits(Canonical form, Limits limits)
    {
        if (!ReferenceEquals(limits, Limits.Default))
        {
            form.Add("memoryLimit", limits.Memory ?? 0);
            form.Add("category", limits.Category ?? "");
            form.Add("size", limits.Size);
            form.Add("preemptible", limits.Preemptible);
        }
    }

    private static void AddWork(Canonical form, Work work)
    {
        switch (work)
        {
            case CommandWork command:
                form.Add("command", command.Text);
                break;
            case ScriptWork script:
                form.AddAll("script", [script.File, .. script.Arguments]);
                break;
            case ExecutableWork executable:
                form.AddAll("executable", [executable.File, .. executable.Arguments]);
                break;
            case TargetsWork targets:
                form.AddPath("targetsOf", targets.Project);
                form.AddAll("targets", targets.Targets);
                form.AddAll("properties", targets.Properties.SelectMany(pair => new[] { pair.Key, pair.Value }));
                break;
            case MethodWork method:
                form.AddPath("assembly", method.Assembly);
                form.AddAll("method", [method.Method, .. method.Arguments]);
                break;
        }
    }

    /// <summary>Each text with its length, so that no two definitions read alike.</summary>
    private sealed class Canonical(string projectDirectory)
    {
        private readonly StringBuilder _text = new("pexen 1\n", 512);

        public void Add(string field, string value)
        {
            _text.Append(field);
            AppendValue(value);
            _text.Append('\n');
        }

        public void Add<T>(string field, T value)
            where T : struct => Add(field, value.ToString() ?? "");

        public void AddAll<T>(string field, IEnumerable<T> values)
        {
            _text.Append(field);
            foreach (T value in values)
            {
                AppendValue(value?.ToString() ?? "");
            }

            _text.Append('\n');
        }

        public void AddPath(string field, string? path) => Add(field, path is null ? "" : Path.GetRelativePath(projectDirectory, path));

        private void AppendValue(string value) => _text.Append(' ').Append(value.Length).Append(':').Append(value);

        public string Digest() => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_text.ToString())));
    }
}
