using System.Diagnostics;
using System.Text;

namespace Pexen.Sdk.Tests.Infrastructure;

/// <summary>Runs the dotnet command as a user would: without what the test host put into the environment.</summary>
internal static class Dotnet
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static (int ExitCode, string Output) Run(
        string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, Action<string>? hear = null) =>
        Run(Path, folder, arguments, environment, hear);

    /// <param name="program">What to start; <see cref="Path"/>, or a shell.</param>
    /// <param name="folder">Where.</param>
    /// <param name="arguments">With what.</param>
    /// <param name="environment">Set besides.</param>
    /// <param name="hear">Gets every line as it comes.</param>
    public static (int ExitCode, string Output) Run(
        string program, string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment, Action<string>? hear = null)
    {
        using Process process = new() { StartInfo = StartInfo(program, folder, arguments, environment) };
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(output, line.Data, hear);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data, hear);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end in {Limit}:\n{output}");
        }

        process.WaitForExit();
        lock (output)
        {
            return (process.ExitCode, output.ToString());
        }
    }

    public static string Path => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public static ProcessStartInfo StartInfo(string program, string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(IsOfTestHost).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (KeyValuePair<string, string> variable in environment ?? new Dictionary<string, string>())
        {
            start.Environment[variable.Key] = variable.Value;
        }

        return start;
    }

    private static bool IsOfTestHost(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("PEXEN_", StringComparison.OrdinalIgnoreCase);

    private static void Append(StringBuilder output, string? line, Action<string>? hear)
    {
        if (line is not null)
        {
            hear?.Invoke(line);
        }

        lock (output)
        {
            output.AppendLine(line);
        }
    }
}
