using System.Buffers;

namespace Pexen.Values;

/// <summary>
/// Masks one stream that comes in pieces. Bytes that may be the beginning of a secret are kept back until it is clear, which is at most the length of one.
/// Secrets that overlap are masked as one.
/// </summary>
internal sealed class MaskedStream(SecretMask mask)
{
    /// <summary>What was kept back of the pieces before.</summary>
    private byte[] _kept = [];

    /// <summary>How many of the bytes to come belong to a secret that has been masked.</summary>
    private int _covered;

    /// <summary>Writes what may be written by now.</summary>
    public void Write(ReadOnlySpan<byte> bytes, IBufferWriter<byte> target) => Write(bytes, target, isLast: false);

    /// <summary>Nothing more comes: what was kept back was no secret.</summary>
    public void End(IBufferWriter<byte> target) => Write([], target, isLast: true);

    private void Write(ReadOnlySpan<byte> bytes, IBufferWriter<byte> target, bool isLast)
    {
        ReadOnlySpan<byte> all = _kept.Length == 0 ? bytes : [.. _kept, .. bytes];
        int from = 0;
        while (true)
        {
            int found = all[from..].IndexOfAny(mask.FirstBytes);
            int at = found < 0 ? all.Length : from + found;
            Pass(all[from..at], target);
            if (at == all.Length)
            {
                _kept = [];
                return;
            }

            int length = mask.Match(all[at..], out bool mayGoOn);
            if (mayGoOn && !isLast)
            {
                _kept = all[at..].ToArray();
                return;
            }

            if (length > 0)
            {
                if (_covered == 0)
                {
                    target.Write("***"u8);
                }

                _covered = Math.Max(_covered, length);
            }

            Pass(all.Slice(at, 1), target);
            from = at + 1;
        }
    }

    private void Pass(ReadOnlySpan<byte> bytes, IBufferWriter<byte> target)
    {
        int covered = Math.Min(_covered, bytes.Length);
        _covered -= covered;
        target.Write(bytes[covered..]);
    }
}
