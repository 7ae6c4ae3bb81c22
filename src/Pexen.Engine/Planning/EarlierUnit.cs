using Pexen.Model;

namespace Pexen.Planning;

/// <summary>What the last record of a run says of one unit.</summary>
/// <param name="Digest">Of its definition then.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Code">Of what went wrong, or null.</param>
/// <param name="Reason">The record's word for it, or null.</param>
internal sealed record EarlierUnit(string Digest, Outcome Outcome = Outcome.Succeeded, string? Code = null, string? Reason = null)
{
    /// <summary>Rule 3: also after a failure, if the unit said so.</summary>
    public bool Provided(UnitDefinition definition) =>
        Outcome.IsSuccess()
        || (FailureClass.Of(definition, Outcome, Code, Reason) is { } failed && failed.Aftermath.HasFlag(Aftermath.Provide));
}
