using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Values;

namespace Pexen.Scheduling;

/// <summary>The instances of one counted resource, and which of them are with somebody.</summary>
internal sealed class InstancePool(ResourceDefinition resource)
{
    /// <summary>What is worth so much is not to be had.</summary>
    private const int Never = 4;

    private readonly bool[] _taken = new bool[resource.Instances.Length];
    private readonly int[] _namedNow = new int[resource.Instances.Length];
    private readonly bool[] _namedInThePlan = new bool[resource.Instances.Length];

    /// <summary>In the order in which they were declared.</summary>
    public ImmutableArray<string> Names => resource.Instances;

    public string Resource => resource.Name;

    /// <summary>The environment variable that tells which were handed out.</summary>
    public string Variable { get; } = InstanceVariable.NameOf(resource.Name);

    /// <summary>-1 for a name that is none of them.</summary>
    public int PlaceOf(string name)
    {
        for (int place = 0; place < Names.Length; place++)
        {
            if (Names[place].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return place;
            }
        }

        return -1;
    }

    /// <summary>
    /// The instances for so many tokens, in the order of declaration; null where fewer can be had. What the unit we lie inside has comes first; then what no
    /// unit of the plan names, then what nobody uses by name now; among equals the one declared first.
    /// </summary>
    public ImmutableArray<string>? Choose(int tokens, Func<string, InstanceStanding>? elsewhere)
    {
        Span<int> worth = Names.Length <= 64 ? stackalloc int[Names.Length] : new int[Names.Length];
        for (int place = 0; place < worth.Length; place++)
        {
            worth[place] = _taken[place] ? Never : Worth(place, elsewhere?.Invoke(Names[place]) ?? InstanceStanding.Free);
        }

        ImmutableArray<string>.Builder chosen = ImmutableArray.CreateBuilder<string>(tokens);
        int last = LastWorthTaking(worth, tokens, out int ofThose);
        for (int place = 0; place < worth.Length && chosen.Count < tokens; place++)
        {
            if (worth[place] < last || worth[place] == last && ofThose-- > 0)
            {
                chosen.Add(Names[place]);
            }
        }

        return chosen.Count == tokens ? chosen.MoveToImmutable() : null;
    }

    public void Note(int place) => _namedInThePlan[place] = true;

    public void Name(int place, int by) => _namedNow[place] += by;

    public void Mark(ImmutableArray<string> names, bool taken)
    {
        foreach (string name in names)
        {
            _taken[PlaceOf(name)] = taken;
        }
    }

    private int Worth(int place, InstanceStanding elsewhere) => elsewhere switch
    {
        InstanceStanding.Taken => Never,
        InstanceStanding.Inherited => 0,
        _ when elsewhere == InstanceStanding.Named || _namedNow[place] > 0 => 3,
        _ => _namedInThePlan[place] ? 2 : 1,
    };

    /// <summary>All of less worth are taken, and so many of this one.</summary>
    private static int LastWorthTaking(ReadOnlySpan<int> worth, int tokens, out int ofThose)
    {
        ofThose = tokens;
        for (int kind = 0; kind < Never; kind++)
        {
            int there = worth.Count(kind);
            if (there >= ofThose)
            {
                return kind;
            }

            ofThose -= there;
        }

        return -1;
    }
}
