using System.Collections.Immutable;
using Pexen.Execution.Dispatching;
using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Locking;

/// <summary>
/// Holds of one run towards the other runs of the same project file, and, on resources that reach further, those of the repository and of the machine (rule 14).
/// Nothing is read or written before a unit holds something, and no registry but the project's before one holds something that reaches further.
/// </summary>
/// <param name="folder">Where the registries are.</param>
/// <param name="projectFile">Of the run; absolute.</param>
/// <param name="runId">The run.</param>
/// <param name="resources">Those of its plan.</param>
/// <param name="ancestors">The units that this build lies inside; read from the environment where it is null.</param>
internal sealed class SharedHolds(
    UserFolder folder, string projectFile, string runId, ImmutableArray<ResourceDefinition> resources, IReadOnlyList<Ancestor>? ancestors = null) : ISharedHolds
{
    private static readonly ResourceScope[] Scopes = [ResourceScope.Project, ResourceScope.Repository, ResourceScope.Machine];

    private readonly string _aliveFile = HoldsRegistry.AliveFile(folder.Locks, runId);
    private readonly HoldsRegistry?[] _registries = new HoldsRegistry?[Scopes.Length];
    private readonly HoldsJudge _judge = new(projectFile, runId, ancestors ?? Nesting.Read(Environment.GetEnvironmentVariable(Nesting.Variable)));
    private ResourceReach? _reach;
    private FileLock? _alive;

    public bool TryTake(
        string unit, ScheduleGraph graph, ReadOnlySpan<ScheduleHold> holds, InstanceChoice? choose, Action<Diagnostic> complain, out string? disagreement)
    {
        disagreement = null;
        // Locked before the first entry names it, and for as long as any does.
        _alive ??= FileLock.TryTake(_aliveFile);
        _reach ??= new ResourceReach(resources);
        List<WantedHold> wanted = Wanted(unit, graph, holds);
        var open = new OpenRegistry?[Scopes.Length];
        try
        {
            if (!TryOpen(wanted, open))
            {
                return false;
            }

            foreach (WantedHold one in wanted)
            {
                disagreement ??= _judge.FindDisagreement(one.Hold, open[(int)one.Scope]!.Holds, complain);
            }

            return disagreement is null
                && wanted.TrueForAll(one => _judge.IsFree(one.Hold, open[(int)one.Scope]!.Holds))
                && (choose is null || TryChoose(wanted, open, choose))
                && Store(wanted, open);
        }
        finally
        {
            foreach (OpenRegistry? one in open)
            {
                one?.Dispose();
            }
        }
    }

    public void Release(string unit) => Remove(hold => hold.RunId == runId && hold.Unit == unit);

    public void Dispose()
    {
        if (_alive is null)
        {
            return;
        }

        Remove(hold => hold.RunId == runId);
        File.Delete(_aliveFile);
        _alive.Dispose();
        _alive = null;
    }

    private List<WantedHold> Wanted(string unit, ScheduleGraph graph, ReadOnlySpan<ScheduleHold> holds)
    {
        var wanted = new List<WantedHold>(holds.Length);
        for (int index = 0; index < holds.Length; index++)
        {
            ScheduleHold hold = holds[index];
            string held = graph.ResourceNames[hold.Resource];
            foreach ((ResourceScope scope, string resource) in _reach!.Of(held))
            {
                bool itself = resource == held;
                int capacity = itself ? graph.ResourceCapacity[hold.Resource] : _reach.CapacityOf(resource);
                wanted.Add(new WantedHold(scope, index, new SharedHold(runId, unit, resource, hold.Mode, itself ? hold.Tokens : 0, capacity)
                {
                    Declared = _reach.InstancesOf(resource),
                    Project = projectFile,
                }));
            }
        }

        return wanted;
    }

    /// <summary>Always in the same order, and never waited for.</summary>
    private bool TryOpen(List<WantedHold> wanted, OpenRegistry?[] open)
    {
        foreach (ResourceScope scope in Scopes)
        {
            if (wanted.Exists(one => one.Scope == scope) && (open[(int)scope] = Registry(scope).TryOpen()) is null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Instances are those of the widest registry that the resource is in.</summary>
    private bool TryChoose(List<WantedHold> wanted, OpenRegistry?[] open, InstanceChoice choose)
    {
        ImmutableArray<string>[]? chosen = choose((resource, instance) => _judge.StandingOf(resource, instance, open[(int)_reach!.ScopeOf(resource)]!.Holds));
        for (int index = 0; chosen is not null && index < wanted.Count; index++)
        {
            WantedHold one = wanted[index];
            wanted[index] = one with { Hold = one.Hold with { Instances = string.Join(';', chosen[one.Index]) } };
        }

        return chosen is not null;
    }

    private static bool Store(List<WantedHold> wanted, OpenRegistry?[] open)
    {
        foreach (WantedHold one in wanted)
        {
            open[(int)one.Scope]!.Holds.Add(one.Hold);
        }

        foreach (OpenRegistry? one in open)
        {
            one?.Store();
        }

        return true;
    }

    private HoldsRegistry Registry(ResourceScope scope) => _registries[(int)scope] ??= new HoldsRegistry(folder.Locks, NameOf(scope));

    private string NameOf(ResourceScope scope)
    {
        if (scope == ResourceScope.Machine)
        {
            return "machine";
        }

        string of = scope == ResourceScope.Project ? projectFile : RepositoryRoot.Of(projectFile);
        return RunKey.FileNameFor(of, scope == ResourceScope.Project ? of : of + Path.DirectorySeparatorChar);
    }

    /// <summary>Not to be refused: an entry that stays would block others until this run ends.</summary>
    private void Remove(Predicate<SharedHold> which)
    {
        foreach (HoldsRegistry? registry in _registries)
        {
            for (int attempt = 0; registry is not null && attempt < 1000; attempt++)
            {
                using OpenRegistry? open = registry.TryOpen();
                if (open is not null)
                {
                    if (open.Holds.RemoveAll(which) > 0)
                    {
                        open.Store();
                    }

                    break;
                }

                Thread.Sleep(1);
            }
        }
    }
}
