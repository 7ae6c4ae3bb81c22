using Pexen.Model;

namespace Pexen.Planning;

/// <summary>A requirement that nothing in its own run meets.</summary>
/// <param name="Member">Who requires, as place in the run.</param>
/// <param name="Metadata"><c>Requires</c> or <c>RequiresAny</c>.</param>
/// <param name="Alternatives">One, or the several of a choice.</param>
/// <param name="Text">For messages.</param>
internal sealed record EarlierRequirement(int Member, string Metadata, IReadOnlyList<Requirement> Alternatives, string Text);
