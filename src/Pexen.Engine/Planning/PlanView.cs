using Pexen.Model;

namespace Pexen.Planning;

/// <summary>A plan with what is said about it besides: waves and estimated times. What <c>PexenPlan</c> prints and writes is made of it.</summary>
internal sealed class PlanView
{
    private readonly IReadOnlyDictionary<string, double> _durations;
    private readonly int[] _wave;

    /// <param name="plan">The plan.</param>
    /// <param name="run">What it is the plan of.</param>
    /// <param name="maxParallel">How many slots there are.</param>
    /// <param name="durations">Milliseconds by unit name, for estimates; may be empty.</param>
    public PlanView(Plan plan, PhaseRun run, int maxParallel, IReadOnlyDictionary<string, double> durations)
    {
        (Plan, Run, MaxParallel, _durations) = (plan, run, maxParallel, durations);
        _wave = new int[plan.Units.Length];
        double[] ends = new double[plan.Units.Length];
        foreach (int unit in InOrderOfDependencies(plan))
        {
            PlannedUnit planned = plan.Units[unit];
            double start = 0;
            foreach (Dependency dependency in planned.Dependencies)
            {
                _wave[unit] = Math.Max(_wave[unit], _wave[dependency.Unit] + 1);
                start = Math.Max(start, ends[dependency.Unit]);
            }

            double duration = Estimate(planned) ?? 0;
            ends[unit] = start + duration;
            Work += duration * planned.Definition.Slots;
            WithoutEstimate += Estimate(planned) is null && planned.Definition.Work is not MilestoneWork ? 1 : 0;
        }

        CriticalPath = ends.DefaultIfEmpty().Max();
        Waves = [.. plan.Units.GroupBy(unit => _wave[unit.Index]).OrderBy(wave => wave.Key).Select(wave => wave.OrderBy(unit => unit.Rank).ToList())];
    }

    public Plan Plan { get; }

    public PhaseRun Run { get; }

    public int MaxParallel { get; }

    /// <summary>Units that could run beside each other if there were slots and resources enough; each wave in ready order.</summary>
    public IReadOnlyList<IReadOnlyList<PlannedUnit>> Waves { get; }

    /// <summary>Milliseconds of slots.</summary>
    public double Work { get; }

    /// <summary>Milliseconds of the longest chain.</summary>
    public double CriticalPath { get; }

    /// <summary>Units that run something and have no recorded duration.</summary>
    public int WithoutEstimate { get; }

    /// <summary>Milliseconds the run takes at least, locks left out.</summary>
    public double AtLeast => Math.Max(CriticalPath, Work / MaxParallel);

    public IEnumerable<PlannedUnit> InReadyOrder => Plan.Units.OrderBy(unit => unit.Rank);

    public int WaveOf(PlannedUnit unit) => _wave[unit.Index];

    public double? Estimate(PlannedUnit unit) => _durations.TryGetValue(unit.Name, out double milliseconds) ? milliseconds : null;

    /// <summary>Providers before those that wait for them, each edge looked at once.</summary>
    private static int[] InOrderOfDependencies(Plan plan)
    {
        int count = plan.Units.Length;
        int[] dependents = new int[count];
        foreach (Dependency dependency in plan.Units.SelectMany(unit => unit.Dependencies))
        {
            dependents[dependency.Unit]++;
        }

        // From the end: first those that nobody waits for, then those only they wait for.
        int[] order = new int[count];
        int next = count;
        int filled = count;
        for (int unit = 0; unit < count; unit++)
        {
            if (dependents[unit] == 0)
            {
                order[--filled] = unit;
            }
        }

        while (next > filled)
        {
            foreach (Dependency dependency in plan.Units[order[--next]].Dependencies)
            {
                if (--dependents[dependency.Unit] == 0)
                {
                    order[--filled] = dependency.Unit;
                }
            }
        }

        return order;
    }
}
