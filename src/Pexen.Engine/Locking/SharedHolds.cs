using System.Collections.Immutable;
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
    private readonly Dictionary<string, string> _instances = new(StringComparer.OrdinalIgnoreCase);
    private FileLock? _alive;

    public SharedHolds(
        UserFolder folder, string projectFile, string runId, IReadOnlyList<Ancestor> ancestors, ImmutableArray<ResourceDefinition> resources)
    {
        _registry = new HoldsRegistry(folder.Locks, RunKey.FileNameFor(projectFile, projectFile));
        _runId = runId;
        _aliveFile = HoldsRegistry.AliveFile(folder.Locks, runId);
        _ancestors = ancestors;
        foreach (ResourceDefinition resource in resources)
        {
            if (!resource.Instances.IsEmpty)
            {
                _instances[resource.Name] = string.Join(';', resource.Instances);
            }
        }
    }

    /// <summary>Null when no unit of the plan holds anything: then the registry is never touched.</summary>
    public static SharedHolds? For(UserFolder folder, RunRequest request)
    {
        foreach (PlannedUnit unit in request.Plan.Units)
        {
            if (!unit.Definition.Claims.IsEmpty || !unit.Definition.Uses.IsEmpty)
            {
                IReadOnlyList<Ancestor> ancestors = Nesting.Read(Environment.GetEnvironmentVariable(Nesting.Variable));
                return new SharedHolds(folder, request.ProjectFile, request.RunId, ancestors, request.Plan.Resources);
            }
        }

        return null;
    }

    public bool TryTake(string unit, ScheduleGraph graph, ReadOnlySpan<ScheduleHold> holds, InstanceChoice? choose, Action<Diagnostic> complain)
    {
        // Locked before the first entry names it, and for as long as any does.
        _alive ??= FileLock.TryTake(_aliveFile);
        var wanted = new List<SharedHold>(holds.Length);
        foreach (ScheduleHold hold in holds)
        {
            string resource = graph.ResourceNames[hold.Resource];
            string declared = _instances.GetValueOrDefault(resource, "");
            wanted.Add(new SharedHold(_runId, unit, resource, hold.Mode, hold.Tokens, graph.ResourceCapacity[hold.Resource], declared));
        }

        bool taken = false;
        bool tried = _registry.TryChange(present =>
        {
            taken = wanted.TrueForAll(hold => IsFree(hold, present, complain)) && (choose is null || TryChoose(wanted, present, choose));
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

    private bool TryChoose(List<SharedHold> wanted, List<SharedHold> present, InstanceChoice choose)
    {
        ImmutableArray<string>[]? chosen = choose((resource, instance) => Standing(resource, instance, present));
        for (int index = 0; chosen is not null && index < chosen.Length; index++)
        {
            wanted[index] = wanted[index] with { Instances = string.Join(';', chosen[index]) };
        }

        return chosen is not null;
    }

    private InstanceStanding Standing(string resource, string instance, List<SharedHold> present)
    {
        InstanceStanding standing = InstanceStanding.Free;
        foreach (SharedHold other in present)
        {
            if (other.RunId == _runId)
            {
                continue;
            }

            InstanceStanding here = other.StandingOf(resource, instance);
            if (here == InstanceStanding.Taken && IsAncestor(other))
            {
                here = InstanceStanding.Inherited;
            }

            standing = here > standing ? here : standing;
        }

        return standing;
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
