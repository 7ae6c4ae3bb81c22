using Pexen.Execution.Protocol;

namespace Pexen.Tasks.Logging;

/// <summary>
/// MSBuild's terminal logger shows errors and warnings when the project has ended, so there the last lines of a unit that failed go into the text of its error; other
/// loggers would write the code before each of them.
/// </summary>
internal sealed class TerminalErrors(BuildLog log)
{
    private const string HookFailed = "PEX3014";

    private Diagnostic? _waiting;

    /// <summary>Is shown every message first.</summary>
    /// <returns>Whether nothing is left of it to say.</returns>
    public bool Take(HostMessage message)
    {
        Diagnostic? waiting = _waiting;
        _waiting = null;
        if (waiting is not null)
        {
            // The whole of it, where that is to be shown, is no part of an error.
            if (message is OutputMessage { LastLines: not null } output && IsOf(output, waiting))
            {
                log.Say(waiting with { Message = $"{waiting.Message}\n{string.Join('\n', LogExcerpt.Read(output.Log, output.LastLines))}" });
                return true;
            }

            log.Say(waiting);
        }

        // What a unit wrote follows at once upon what is said of its end.
        if (message is DiagnosticMessage { Diagnostic: { Severity: Severity.Error or Severity.Warning } said } && (said.Unit is not null || said.Code == HookFailed))
        {
            _waiting = said;
            return true;
        }

        return false;
    }

    /// <summary>Nothing follows.</summary>
    public void Flush()
    {
        if (_waiting is Diagnostic waiting)
        {
            _waiting = null;
            log.Say(waiting);
        }
    }

    /// <summary>The output of a command of a group has the name of that, which is no unit's.</summary>
    private static bool IsOf(OutputMessage output, Diagnostic diagnostic) => diagnostic.Unit is string unit ? unit == output.Unit : diagnostic.Code == HookFailed;
}
