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
        form.Add("environment", unit.Environment.SelectMany(pair => new[] { pair.Key, pair.Value }));
        form.AddPath("standardInput", unit.StandardInput);
        form.AddPath("standardOutput", unit.StandardOutput);
        form.AddPath("standardError", unit.StandardError);
        form.Add("showOutput", unit.ShowOutput);
        form.Add("parseDiagnostics", unit.ParseDiagnostics);
        form.Add("failureHint", unit.FailureHint ?? "");
        form.Add("provides", unit.Provides);
        form.Add("requires", unit.Requires);
        form.Add("requiresAny", unit.RequiresAny);
        form.Add("after", unit.After);
        form.Add("priority", unit.Priority);
        form.Add("claims", unit.Claims);
        form.Add("uses", unit.Uses);
        form.Add("slots", unit.Slots);
        form.Add("timeout", unit.Timeout?.Ticks ?? 0);
        form.Add("gracePeriod", unit.GracePeriod.Ticks);
        form.Add("success", unit.SuccessExitCodes.Ranges);
        form.Add("skip", unit.SkipExitCodes.Ranges);
        form.Add("controlled", unit.ControlledExitCodes.Ranges);
        form.Add("aftermath", new[] { unit.OnFailure, unit.OnCrash, unit.OnControlledFailure });
        form.Add("continueOnError", unit.ContinueOnError);
        form.Add("phases", unit.Phases);
        form.Add("runPer", unit.RunPer);
        form.Add("outputs", unit.Outputs);
        form.Add("addTo", unit.AddTo ?? "");
        form.Add("addToMetadata", unit.AddToMetadata.SelectMany(pair => new[] { pair.Key, pair.Value }));
        form.Add("cleanOutputs", unit.CleanOutputs);
        return form.Digest();
    }

    private static void AddWork(Canonical form, Work work)
    {
        switch (work)
        {
            case CommandWork command:
                form.Add("command", command.Text);
                break;
            case ScriptWork script:
                form.Add("script", [script.File, .. script.Arguments]);
                break;
            case ExecutableWork executable:
                form.Add("executable", [executable.File, .. executable.Arguments]);
                break;
        }
    }

    /// <summary>Each text with its length, so that no two definitions read alike.</summary>
    private sealed class Canonical(string projectDirectory)
    {
        private readonly StringBuilder _text = new("pexen 1\n", 512);

        public void Add(string field, object value) => Add(field, [value]);

        public void Add<T>(string field, IEnumerable<T> values)
        {
            _text.Append(field);
            foreach (T value in values)
            {
                string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
                _text.Append(' ').Append(text.Length).Append(':').Append(text);
            }

            _text.Append('\n');
        }

        public void AddPath(string field, string? path) => Add(field, path is null ? "" : Path.GetRelativePath(projectDirectory, path));

        public string Digest() => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_text.ToString())));
    }
}
