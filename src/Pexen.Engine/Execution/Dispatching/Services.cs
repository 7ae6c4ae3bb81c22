using System.Globalization;
using Pexen.Execution.Dispatching.Probes;
using Pexen.Model;

namespace Pexen.Execution.Dispatching;

/// <summary>Services that have started and are not ready: each with what finds out when it is. One deadline in the run's timetable for each, no thread.</summary>
internal sealed class Services(IExecutor executor, Timetable times)
{
    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<int, Probing> _probing = [];

    /// <summary>Services that nobody asks any more, while a command that asked is being ended.</summary>
    private readonly HashSet<int> _closing = [];

    /// <summary>The number under which the command runs that asks whether a service is ready; that of no unit.</summary>
    public static int NumberOfProbe(int unit) => ~unit;

    /// <summary>The run goes on until the last command that asked has ended: it belongs to us, and is nothing that units left behind.</summary>
    public bool IsBusy => _closing.Count > 0;

    /// <summary>An attempt of a service has started.</summary>
    /// <param name="unit">The service.</param>
    /// <param name="launch">What was started.</param>
    /// <param name="now">The time.</param>
    public void Start(UnitRun unit, Launch launch, long now)
    {
        ServiceTerms terms = unit.Definition.Service!;
        IReadinessProbe probe = terms.Kind switch
        {
            ReadyKind.Port => new PortProbe(int.Parse(terms.Text, CultureInfo.InvariantCulture)),
            ReadyKind.Output => new OutputProbe(launch.Log, launch.LogLimit, terms.Text, () => executor.ActivityOf(launch.Unit, withProcesses: false)?.OutputBytes),
            ReadyKind.File => new FileProbe(terms.Text),
            ReadyKind.Command => new CommandProbe(executor, CommandLaunch(launch, terms.Text)),
            _ => new StartedProbe(),
        };
        _probing[unit.Unit.Index] = new Probing(probe) { Interval = FirstInterval };
        times.Again(unit, DeadlineKind.Probe, now, terms.Kind == ReadyKind.Started ? TimeSpan.Zero : FirstInterval);
        times.Again(unit, DeadlineKind.ReadyTimeout, now, terms.ReadyTimeout);
    }

    /// <summary>It is time to ask again.</summary>
    /// <returns>Whether the service is ready.</returns>
    public bool Ask(UnitRun unit, long now)
    {
        if (!_probing.TryGetValue(unit.Unit.Index, out Probing? probing))
        {
            return false;
        }

        // The command of an attempt before has the same number.
        if (!_closing.Contains(unit.Unit.Index) && probing.Probe.Ask())
        {
            return true;
        }

        // Often at first, as most are ready soon.
        probing.Interval = TimeSpan.FromTicks(Math.Min(LongestInterval.Ticks, probing.Interval.Ticks * 3 / 2));
        times.Again(unit, DeadlineKind.Probe, now, probing.Interval);
        return false;
    }

    /// <summary>A command that asks has ended.</summary>
    /// <returns>Whether the service is ready.</returns>
    public bool ProbeEnded(AttemptEnd end, out int unit)
    {
        unit = ~end.Unit;
        return !_closing.Remove(unit) && _probing.TryGetValue(unit, out Probing? probing) && probing.Probe.Ended(end);
    }

    /// <summary>The service is ready, or has ended.</summary>
    public void End(int unit)
    {
        if (_probing.Remove(unit, out Probing? probing) && probing.Probe.Close())
        {
            _closing.Add(unit);
        }
    }

    private static Launch CommandLaunch(Launch service, string command) => service with
    {
        Unit = NumberOfProbe(service.Unit),
        Work = new CommandWork(command),
        StandardInput = null,
        StandardOutput = null,
        StandardError = null,
        Log = Path.ChangeExtension(service.Log, null) + "@ready.log",
        GracePeriod = TimeSpan.Zero,
    };

    private sealed class Probing(IReadinessProbe probe)
    {
        public IReadinessProbe Probe { get; } = probe;

        public TimeSpan Interval { get; set; }
    }
}
