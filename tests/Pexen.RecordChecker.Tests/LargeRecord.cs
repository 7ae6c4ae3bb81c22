namespace Pexen.RecordChecking.Tests;

/// <summary>
/// A good record of many units, all ready at once, made without simulating: one unit holds what the better half waits for,
/// each of them with a resource of its own besides, while the other half runs past them in the second slot.
/// </summary>
internal static class LargeRecord
{
    public static SampleRecord Write(int count)
    {
        int half = count / 2;
        List<SimulatedUnit> units = [new("holder") { Claims = ["hot"] }];
        for (int i = 1; i < count; i++)
        {
            units.Add(i < half
                ? new SimulatedUnit($"u{i}") { Uses = [("hot", 0), ($"own/{i}", 0)] }
                : new SimulatedUnit($"u{i}") { Claims = [$"lock{i % 7}"], Uses = [("gpu", 1)] });
        }

        var events = new EventWriter();
        events.Run(count, 2, null);
        for (int i = 0; i < count; i++)
        {
            units[i].Index = i;
            units[i].Rank = i;
            units[i].SlotNumbers.Add(i == 0 ? 1 : 2);
            units[i].FirstSlot = i == 0 ? 1 : 2;
            events.Ready(units[i], 0);
        }

        int now = 0;
        Start(units[0]);
        units.Skip(half).ToList().ForEach(RunAlone);
        End(units[0]);

        // The users of what the holder had could run in pairs; so they do: each ends only after the next has started.
        SimulatedUnit? before = null;
        foreach (SimulatedUnit unit in units.Skip(1).Take(half - 1))
        {
            if (before?.FirstSlot == 2)
            {
                unit.SlotNumbers[0] = 1;
                unit.FirstSlot = 1;
            }

            Start(unit);
            if (before is not null)
            {
                End(before);
            }

            before = unit;
        }

        End(before!);
        events.Finish("Succeeded", now);
        return new RecordWriter(units, new() { ["gpu"] = 2 }, 2, "KeepGoing").Write("Succeeded", now, [], events.Lines);

        void RunAlone(SimulatedUnit unit)
        {
            Start(unit);
            End(unit);
        }

        void Start(SimulatedUnit unit)
        {
            unit.StartedAt = now++;
            events.Start(unit, unit.StartedAt);
        }

        void End(SimulatedUnit unit)
        {
            unit.Outcome = "Succeeded";
            unit.EndsAt = now++;
            events.End(unit, unit.EndsAt, false);
        }
    }
}
