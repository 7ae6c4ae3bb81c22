using System.Runtime.Versioning;

namespace Pexen.Execution.Local;

/// <summary>
/// The kernel's list of our first thread's children. Orphans of our descendants are given to that thread, so what is left of an ended attempt is there.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class ChildrenFile(int host) : IDisposable
{
    private const int KernelPage = 4096;
    private const int LongestEntry = 16;

    private readonly int _file = Libc.Open($"/proc/{host}/task/{host}/children", Libc.ReadOnly);
    private byte[] _text = new byte[4096];
    private int[] _children = new int[64];

    /// <summary>False where the kernel has no such list.</summary>
    public bool Read(out ReadOnlySpan<int> children)
    {
        children = default;
        if (_file < 0 || !ReadText(out int length))
        {
            return false;
        }

        int count = 0;
        int value = 0;
        foreach (byte character in _text.AsSpan(0, length))
        {
            if (character != ' ')
            {
                value = (value * 10) + character - '0';
                continue;
            }

            if (count == _children.Length)
            {
                Array.Resize(ref _children, count * 2);
            }

            _children[count++] = value;
            value = 0;
        }

        children = _children.AsSpan(0, count);
        return true;
    }

    public void Dispose() => Libc.Close(_file);

    private bool ReadText(out int length)
    {
        length = 0;
        while (true)
        {
            int room = _text.Length - length;
            nint count;
            fixed (byte* start = _text)
            {
                count = Libc.ReadAt(_file, start + length, room, length);
            }

            if (count < 0)
            {
                return false;
            }

            length += (int)count;

            // Much less than a page: the kernel had no more to say. Asking again would cost a call at every end of a unit.
            if (count < Math.Min(room, KernelPage - LongestEntry))
            {
                return true;
            }

            Array.Resize(ref _text, _text.Length * 2);
        }
    }
}
