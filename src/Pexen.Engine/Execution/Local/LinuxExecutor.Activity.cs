using System.Collections.Immutable;

namespace Pexen.Execution.Local;

/// <summary>What attempts do while they run.</summary>
internal sealed unsafe partial class LinuxExecutor
{
    public AttemptActivity? ActivityOf(int unit, bool withProcesses)
    {
        if (!_byUnit.TryGetValue(unit, out Attempt? attempt))
        {
            return null;
        }

        return new AttemptActivity(attempt.Log.Silent, withProcesses ? Describe(_family.Of(attempt, ProcessTable.ReadAll())) : []) { OutputBytes = attempt.Log.Bytes };
    }

    /// <summary>Each below its parent, with a sign for each level.</summary>
    private static ImmutableArray<string> Describe(List<ProcessEntry> members)
    {
        HashSet<int> ids = [.. members.Select(member => member.Id)];
        ILookup<int, ProcessEntry> children = members.ToLookup(member => ids.Contains(member.Parent) ? member.Parent : 0);
        ImmutableArray<string>.Builder lines = ImmutableArray.CreateBuilder<string>(members.Count);
        var open = new Stack<(ProcessEntry Process, int Depth)>();
        Push(0, 0);
        while (open.TryPop(out (ProcessEntry Process, int Depth) next))
        {
            lines.Add($"{string.Concat(Enumerable.Repeat("> ", next.Depth))}{Label(next.Process)} {UsedTime.Text(ProcessTable.UsedTime(next.Process.Id))}");
            Push(next.Process.Id, next.Depth + 1);
        }

        return lines.ToImmutable();

        void Push(int parent, int depth)
        {
            foreach (ProcessEntry child in children[parent].OrderByDescending(child => child.Id))
            {
                open.Push((child, depth));
            }
        }
    }
}
