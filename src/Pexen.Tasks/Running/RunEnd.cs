using Pexen.Execution.Protocol;
using Pexen.Records;

namespace Pexen.Tasks.Running;

/// <summary>What is left of a run that is over.</summary>
/// <param name="Finish">The last message, or null when the supervisor was lost.</param>
/// <param name="Record">Where it need not be read back from its file; else null.</param>
internal sealed record RunEnd(FinishMessage? Finish, RunRecord? Record = null);
