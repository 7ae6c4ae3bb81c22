namespace Pexen.Model;

/// <summary>When a command of a group runs.</summary>
internal enum GroupHook
{
    OnStarted,
    OnSucceeded,
    OnFinished,
}
