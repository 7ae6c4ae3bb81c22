namespace Pexen.Scheduling;

/// <summary>A bit for each number, all unset at first. A million of them stay in the cache where a million states would not.</summary>
internal sealed class FlagList
{
    private ulong[] _words = new ulong[16];

    public bool this[int index] => (_words[index >> 6] >> index & 1) != 0;

    public void Set(int index)
    {
        while (index >> 6 >= _words.Length)
        {
            Array.Resize(ref _words, _words.Length * 2);
        }

        _words[index >> 6] |= 1UL << index;
    }

    public void Clear(int index) => _words[index >> 6] &= ~(1UL << index);
}
