using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Finalizers that have not started wait for added units too that need what they finalize (rule 24), unless these wait for them.</summary>
internal sealed class LiveFinalizers(LiveIndex index, Func<int, bool> hasStarted)
{
    /// <summary>The new edges, which are in the index already.</summary>
    /// <param name="first">The units from here on are new.</param>
    public List<AddedDependency> WaitingFor(int first)
    {
        if (!index.HasFinalizers)
        {
            return [];
        }

        List<AddedDependency> added = [];
        Queue<int> todo = new();
        for (int unit = first; unit < index.Count; unit++)
        {
            todo.Enqueue(unit);
        }

        while (todo.TryDequeue(out int unit))
        {
            foreach (int finalizer in FinalizersOfProviders(unit))
            {
                if (!hasStarted(finalizer) && !index.EdgesOf(finalizer).Exists(edge => edge.Unit == unit) && !Waits(unit, finalizer))
                {
                    AddedDependency edge = new(finalizer, new Dependency(unit, DependencyKind.After));
                    index.Join(edge);
                    added.Add(edge);
                    foreach (int dependent in index.DependentsOf(unit))
                    {
                        if (dependent >= first)
                        {
                            todo.Enqueue(dependent);
                        }
                    }
                }
            }
        }

        return added;
    }

    /// <summary>Whoever finalizes a unit, or waits for it because it needs one that is finalized.</summary>
    private HashSet<int> FinalizersOfProviders(int unit)
    {
        HashSet<int> finalizers = [];
        foreach (Dependency edge in index.EdgesOf(unit))
        {
            if (edge.Kind is not (DependencyKind.Requires or DependencyKind.RequiresAny))
            {
                continue;
            }

            foreach (int dependent in index.DependentsOf(edge.Unit))
            {
                if (!index.Definitions[dependent].Finalizes.IsEmpty && dependent != unit && WaitsForTheEnd(dependent, edge.Unit))
                {
                    finalizers.Add(dependent);
                }
            }
        }

        return finalizers;
    }

    private bool WaitsForTheEnd(int finalizer, int unit) =>
        index.EdgesOf(finalizer).Exists(edge => edge.Unit == unit && edge.Kind is DependencyKind.Finalizes or DependencyKind.After);

    /// <summary>Whether one unit waits for another that has not started, directly or not. Whoever has started waits for nobody.</summary>
    private bool Waits(int unit, int other)
    {
        HashSet<int> seen = [unit];
        Stack<int> todo = new([unit]);
        while (todo.TryPop(out int next))
        {
            foreach (Dependency edge in index.EdgesOf(next))
            {
                if (edge.Unit == other)
                {
                    return true;
                }

                if (!hasStarted(edge.Unit) && seen.Add(edge.Unit))
                {
                    todo.Push(edge.Unit);
                }
            }
        }

        return false;
    }
}
