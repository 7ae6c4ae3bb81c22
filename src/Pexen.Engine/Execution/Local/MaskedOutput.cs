using System.Buffers;
using Pexen.Values;

namespace Pexen.Execution.Local;

/// <summary>One stream of a process on its way to the log, without secrets.</summary>
internal sealed class MaskedOutput
{
    private readonly MaskedStream _stream;
    private readonly ArrayBufferWriter<byte> _ready = new();

    private MaskedOutput(SecretMask mask) => _stream = new MaskedStream(mask);

    /// <summary>Null where there is nothing to mask.</summary>
    public static MaskedOutput? For(Launch launch) => launch.Mask is null ? null : new MaskedOutput(launch.Mask);

    /// <summary>What may be written of it now; valid until the next call.</summary>
    public ReadOnlySpan<byte> Next(ReadOnlySpan<byte> bytes)
    {
        _ready.ResetWrittenCount();
        _stream.Write(bytes, _ready);
        return _ready.WrittenSpan;
    }

    /// <summary>The rest, when the stream has ended.</summary>
    public ReadOnlySpan<byte> Rest()
    {
        _ready.ResetWrittenCount();
        _stream.End(_ready);
        return _ready.WrittenSpan;
    }
}
