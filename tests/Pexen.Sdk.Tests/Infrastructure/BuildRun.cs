using System.Text.Json;
using System.Text.RegularExpressions;
using Pexen.RecordChecking;

namespace Pexen.Sdk.Tests.Infrastructure;

/// <summary>What a build said and left.</summary>
internal sealed partial record BuildRun(Sandbox Sandbox, int ExitCode, string Output)
{
    /// <summary>Codes of errors, each once, in order.</summary>
    public IReadOnlyList<string> Errors => Codes("error");

    public IReadOnlyList<string> Warnings => Codes("warning");

    /// <summary>The summary lines: one for each run of a phase.</summary>
    public IReadOnlyList<string> Summaries =>
        [.. Output.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("Pexen ", StringComparison.Ordinal) && line.EndsWith("run.json", StringComparison.Ordinal))];

    public BuildRun Succeeded()
    {
        Assert.AreEqual(0, ExitCode, Output);
        return this;
    }

    public BuildRun Failed(string code)
    {
        Assert.AreNotEqual(0, ExitCode, Output);
        Assert.Contains(code, Errors, Output);
        return this;
    }

    /// <summary>Everything coded that the build said, each once.</summary>
    public IReadOnlyList<SaidDiagnostic> Diagnostics => field ??= SaidDiagnostic.Read(Output);

    /// <summary>The last record of a phase, once it has been found to keep the rules.</summary>
    public RecordedRun Run(string project, string phase, string configuration = "Debug", string framework = "", CheckOptions? options = null) =>
        new(Sandbox[Path.Combine(project, "obj", "pexen", configuration, framework, phase)], options);

    /// <summary>The last record of a phase.</summary>
    public JsonElement Record(string project, string phase, string configuration = "Debug", string framework = "") =>
        Run(project, phase, configuration, framework).Json;

    /// <summary>Names and outcomes of a phase's units, as <c>name Outcome</c>.</summary>
    public IReadOnlyList<string> Units(string project, string phase, string configuration = "Debug", string framework = "") =>
        [.. Run(project, phase, configuration, framework).Units
            .Select(unit => $"{unit.GetProperty("name").GetString()} {unit.GetProperty("outcome").GetString()}")];

    /// <summary>The events of the last run of a phase.</summary>
    public IReadOnlyList<JsonElement> Events(string project, string phase, string configuration = "Debug", string framework = "") =>
        Run(project, phase, configuration, framework).Events;

    private List<string> Codes(string kind) =>
        [.. Code().Matches(Output).Where(match => match.Groups["kind"].Value == kind).Select(match => match.Groups["code"].Value).Distinct()];

    [GeneratedRegex(@"\b(?<kind>error|warning) (?<code>[A-Z]+\d+)\s*:")]
    private static partial Regex Code();
}
