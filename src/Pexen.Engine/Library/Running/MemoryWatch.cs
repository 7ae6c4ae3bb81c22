using Pexen.Execution;
using Pexen.Execution.Dispatching;

namespace Pexen.Library;

/// <summary>Looks at the memory of processes that have a limit, by the clock of the system. Used by the thread of the lane alone.</summary>
/// <param name="executor">Knows the processes.</param>
/// <param name="terms">What is asked for.</param>
internal sealed class MemoryWatch(IExecutor executor, MemoryTerms terms)
{
    private readonly Dictionary<int, MeasuredUnit> _units = [];
    private MemoryGuard? _guard;
    private RunClock? _clock;

    /// <summary>How long nothing has to be looked at; null is for ever.</summary>
    public TimeSpan? Pause => _guard?.Next is long next ? TimeSpan.FromTicks(Math.Max(0, (next - _clock!.Nanoseconds() + 99) / 100)) : null;

    public void Start(MeasuredUnit unit)
    {
        _clock ??= new RunClock(TimeProvider.System);
        _guard ??= new MemoryGuard(executor, terms.Kind, terms.OfAll, _clock, terms.Gate);
        _units[unit.Index] = unit;
        _guard.Start(unit, _clock.Nanoseconds());
    }

    public void End(int unit)
    {
        if (_units.Remove(unit, out MeasuredUnit? measured))
        {
            _guard!.End(measured);
        }
    }

    public void LookWhenDue()
    {
        if (_guard?.Next <= _clock?.Nanoseconds())
        {
            _guard!.Look((unit, reason) => terms.Stop(_units[unit].Attempt, reason));
        }
    }
}
