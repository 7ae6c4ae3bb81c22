using Pexen.Execution;
using Pexen.Execution.Dispatching;
using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Locking;

/// <summary>Holds of one run on resources whose scope is the project, towards the other runs of the same project file (rule 14).</summary>
internal sealed class SharedHolds : ISharedHolds
{
    private readonly HoldsRegistry _registry;
    private readonly string _runId;
    private readonly string _aliveFile;
    private readonly IReadOnlyList<Ancestor> _ancestors;
    private readonly HashSet<string> _disagreements = new(StringComparer.OrdinalIgnoreCase);
    private FileLock? _alive;

    public SharedHolds(UserFolder folder, string projectFile, string runId, IReadOnlyList<Ancestor> ancestors)
    {
        _registry = new HoldsRegistry(folder.Locks, RunKey.FileNameFor(projectFile, projectFile));
        _runId = runId;
        _aliveFile = HoldsRegistry.AliveFile(folder.Locks, runId);
        _ancestors = ancestors;
    }

    /// <summary>Null when no unit of the plan holds anything: then the registry is never touched.</summary>
    public static SharedHolds? For(UserFolder folder, RunRequest request)
    {
        foreach (PlannedUnit unit in request.Plan.Units)
        {
            if (!unit.Definition.Claims.IsEmpty || !unit.Definition.Uses.IsEmpty)
            {
                return new SharedHolds(folder, request.ProjectFile, request.RunId, Nesting.Read(Environment.GetEnvironmentVariable(Nesting.Variable)));
            }
        }

        return null;
    }

    public bool TryTake(string unit, ScheduleGraph graph, ReadOnlySpan<ScheduleHold> holds, Action<Diagnostic> complain)
    {
        // Locked before the first entry names it, and for as long as any does.
        _alive ??= FileLock.TryTake(_aliveFile);
        var wanted = new List<SharedHold>(holds.Length);
        foreach (ScheduleHold hold in holds)
        {
            wanted.Add(new SharedHold(
                _runId,
                unit,
                graph.ResourceNames[hold.Resource],
                hold.Mode,
                hold.Tokens,
                graph.ResourceCapacity[hold.Resource]));
        }

        bool taken = false;
        bool tried = _registry.TryChange(present =>
        {
            taken = wanted.TrueForAll(hold => IsFree(hold, present, complain));
            return taken ? [.. present, .. wanted] : null;
        });
        return tried && taken;
    }

    public void Release(string unit) => Remove(hold => hold.RunId == _runId && hold.Unit == unit);

    public void Dispose()
    {
        if (_alive is null)
        {
            return;
        }

        Remove(hold => hold.RunId == _runId);
        File.Delete(_aliveFile);
        _alive.Dispose();
        _alive = null;
    }

    private bool IsFree(SharedHold wanted, List<SharedHold> present, Action<Diagnostic> complain)
    {
        int capacity = wanted.Capacity;
        int tokens = wanted.Tokens;
        foreach (SharedHold other in present)
        {
            // What this very run holds its own scheduler has minded; what holds us up from above must not be waited for.
            if (other.RunId == _runId || IsAncestor(other))
            {
                continue;
            }

            if (string.Equals(other.Resource, wanted.Resource, StringComparison.OrdinalIgnoreCase) && other.Capacity != wanted.Capacity)
            {
                capacity = Math.Min(capacity, other.Capacity);
                if (_disagreements.Add(wanted.Resource))
                {
                    complain(Diagnostics.CapacitiesDisagree(wanted.Resource, OrNone(wanted.Capacity), OrNone(other.Capacity), other.RunId));
                }
            }

            if (wanted.ConflictsWith(other))
            {
                return false;
            }

            tokens += wanted.IsSameCounted(other) ? other.Tokens : 0;
        }

        if (wanted.Tokens == 0)
        {
            return true;
        }

        // Our own tokens count beside those of others: our scheduler knows only its own part.
        foreach (SharedHold own in present)
        {
            tokens += own.RunId == _runId && wanted.IsSameCounted(own) ? own.Tokens : 0;
        }

        return tokens <= capacity || capacity == 0;
    }

    private bool IsAncestor(SharedHold hold)
    {
        foreach (Ancestor ancestor in _ancestors)
        {
            if (ancestor.RunId == hold.RunId && string.Equals(ancestor.Unit, hold.Unit, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Not to be refused: an entry that stays would block others until this run ends.</summary>
    private void Remove(Predicate<SharedHold> which)
    {
        for (int attempt = 0; attempt < 1000; attempt++)
        {
            if (_registry.TryChange(present => present.RemoveAll(which) > 0 ? present : null))
            {
                return;
            }

            Thread.Sleep(1);
        }
    }

    private static int? OrNone(int capacity) => capacity == 0 ? null : capacity;
}
