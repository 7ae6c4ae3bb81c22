namespace Pexen.Model;

/// <summary>How a whole run ended.</summary>
internal enum RunOutcome
{
    /// <summary>Also when only units under <c>ContinueOnError</c> failed.</summary>
    Succeeded,
    Failed,
    TimedOut,

    /// <summary>The supervisor saw the end coming and wrote the record itself.</summary>
    Cancelled,

    /// <summary>The supervisor was lost; the record was written later from the events.</summary>
    Interrupted,
}
