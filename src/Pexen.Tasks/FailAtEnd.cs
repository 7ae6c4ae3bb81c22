using Microsoft.Build.Framework;

namespace Pexen.Tasks;

/// <summary>
/// Fails, without another word, when a unit with <c>ContinueOnError="ErrorAndContinue"</c> did. The targets call it under that very setting, so
/// the build goes on and MSBuild fails it at its end: an error that is only logged would leave the build with exit code 0.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class FailAtEnd : Microsoft.Build.Utilities.Task
{
    private static readonly string[] Failures = ["Failed", "ControlledFailure", "TimedOut"];

    /// <summary>The units of the project that are items.</summary>
    public ITaskItem[] Units { get; set; } = [];

    /// <summary>What has become of those that ran; units of factories say there how they go on.</summary>
    public ITaskItem[] Results { get; set; } = [];

    /// <inheritdoc />
    public override bool Execute()
    {
        HashSet<string> goOn = new(
            Units.Where(unit => unit.GetMetadata("ContinueOnError").Trim().Equals("ErrorAndContinue", StringComparison.OrdinalIgnoreCase)).Select(NameOf),
            StringComparer.OrdinalIgnoreCase);
        bool failed = Results.Any(result => (goOn.Contains(result.ItemSpec) || result.GetMetadata("ContinueOnError") == "ErrorAndContinue") && Failures.Contains(result.GetMetadata("Outcome")));
        if (failed && BuildEngine is IBuildEngine7 engine)
        {
            engine.AllowFailureWithoutError = true;
        }

        return !failed;
    }

    private static string NameOf(ITaskItem unit) => unit.GetMetadata("Name") is { Length: > 0 } name ? name : unit.ItemSpec;
}
