namespace Pexen.Scheduling;

/// <summary>
/// Which units may run beside those that run now, as far as exclusive groups go (rule 28). All that run are of one realm. While it is not the
/// outermost it is kept as long as a unit in it is ready: others wait outside. When nothing runs and none is ready the realm around it is next.
/// </summary>
internal sealed class RealmGate
{
    private readonly GroupPlaces _places;
    private readonly int[] _around;
    private readonly int[] _ready;
    private readonly int[] _slots;
    private int _running;

    public RealmGate(GroupPlaces places, int maxParallel)
    {
        _places = places;
        _around = new int[places.RealmCount];
        _ready = new int[places.RealmCount];
        _slots = new int[places.RealmCount];
        for (int realm = 0; realm < _around.Length; realm++)
        {
            _around[realm] = realm == 0 ? -1 : places.RealmAround(realm);
            _slots[realm] = places.SlotsIn(realm, maxParallel);
        }
    }

    /// <summary>The realm of those that run, or that is kept.</summary>
    public int Open { get; private set; }

    /// <summary>Where lines of realms that are shut wait (see <see cref="Line.WatchedAt"/>).</summary>
    public int Place => _places.GateResource << 1;

    /// <summary>Nothing can start before something ends.</summary>
    public bool IsShut => _running > 0 && _ready[Open] == 0;

    /// <summary>The most slots of any realm.</summary>
    public int MostSlots => _slots.Max();

    public int SlotsFor(int unit) => _slots[_places.RealmOf(unit)];

    /// <summary>Whether units of a realm are inside. They may have to wait for others inside to end all the same (<see cref="HasToDrain"/>).</summary>
    public bool Lets(int realm)
    {
        for (; realm >= 0; realm = _around[realm])
        {
            if (realm == Open)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>It is inside, but of an exclusive group of its own: those that run have to end first, and until then nothing starts that is behind it.</summary>
    public bool HasToDrain(int unit) => _running > 0 && _places.RealmOf(unit) != Open;

    public void Enter(int unit) => CountReady(unit, 1);

    public void Leave(int unit) => CountReady(unit, -1);

    public void Start(int unit)
    {
        CountReady(unit, -1);
        _running++;
        Open = _places.RealmOf(unit);
    }

    public void End() => _running--;

    /// <summary>Leaves realms in which nothing runs and nothing is ready. True when others may be inside now.</summary>
    public bool TryWiden()
    {
        int before = Open;
        while (_running == 0 && Open > 0 && _ready[Open] == 0)
        {
            Open = _around[Open];
        }

        return Open != before;
    }

    private void CountReady(int unit, int by)
    {
        for (int realm = _places.RealmOf(unit); realm >= 0; realm = _around[realm])
        {
            _ready[realm] += by;
        }
    }
}
