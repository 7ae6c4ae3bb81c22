namespace Pexen.Scheduling;

/// <summary>The root of a skip, which is not the unit before the skipped one but where it began (rule 20).</summary>
/// <param name="Reason">Why.</param>
/// <param name="Unit">The unit that did not provide, that holds the resource, or whose failure was one too many; -1 where there is none.</param>
/// <param name="Resource">With <see cref="SkipReason.ResourceHeld"/> the resource that stays held, as its holder named it; else -1.</param>
/// <param name="Group">The group whose units were skipped as such; else -1.</param>
internal readonly record struct SkipCause(SkipReason Reason, int Unit = -1, int Resource = -1, int Group = -1);
