using Pexen.Execution;
using Pexen.Execution.Dispatching;

namespace Pexen.Library;

/// <summary>Looks at the memory of processes that have a limit, by the clock of the system. Used by the thread of the lane alone.</summary>
/// <param name="executor">Knows the processes.</param>
/// <param name="kind">What counts.</param>
/// <param name="stop">Called with an attempt that has too much.</param>
internal sealed class MemoryWatch(IExecutor executor, MemoryKind kind, Action<UnitAttempt> stop)
{
    private readonly Dictionary<int, MeasuredAttempt> _attempts = [];
    private MemoryGuard? _guard;
    private RunClock? _clock;

    /// <summary>How long nothing has to be looked at; null is for ever.</summary>
    public TimeSpan? Pause => _guard?.Next is long next ? TimeSpan.FromTicks(Math.Max(0, (next - _clock!.Nanoseconds() + 99) / 100)) : null;

    public void Start(UnitAttempt attempt)
    {
        if (attempt.Definition.Limits.Memory is null)
        {
            return;
        }

        _clock ??= new RunClock(TimeProvider.System);
        _guard ??= new MemoryGuard(executor, kind, null, _clock);
        var measured = new MeasuredAttempt(attempt);
        _attempts[attempt.Index] = measured;
        _guard.Start(measured, _clock.Nanoseconds());
    }

    /// <summary>What was seen if that was why the attempt was stopped, or null.</summary>
    public MemoryStop? End(int unit)
    {
        if (!_attempts.Remove(unit, out MeasuredAttempt? measured))
        {
            return null;
        }

        _guard!.End(measured);
        return measured.MemoryStop;
    }

    public void LookWhenDue()
    {
        if (_guard?.Next <= _clock?.Nanoseconds())
        {
            _guard!.Look((unit, _) => stop(_attempts[unit].Attempt));
        }
    }
}
