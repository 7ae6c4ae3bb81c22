namespace Pexen.Model;

/// <summary>Commands of a group; each may be missing.</summary>
/// <param name="OnStarted">Before its first unit starts.</param>
/// <param name="OnSucceeded">After its last unit, if all succeeded.</param>
/// <param name="OnFinished">At the end, however it came, if the group has started.</param>
internal sealed record GroupHooks(string? OnStarted, string? OnSucceeded, string? OnFinished)
{
    /// <summary>How long each may take.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(60);

    public static GroupHooks None { get; } = new(null, null, null);

    /// <summary>Those that there are.</summary>
    public IEnumerable<GroupHook> Given
    {
        get
        {
            for (GroupHook hook = GroupHook.OnStarted; hook <= GroupHook.OnFinished; hook++)
            {
                if (this[hook] is not null)
                {
                    yield return hook;
                }
            }
        }
    }

    public string? this[GroupHook hook] => hook switch
    {
        GroupHook.OnStarted => OnStarted,
        GroupHook.OnSucceeded => OnSucceeded,
        _ => OnFinished,
    };
}
