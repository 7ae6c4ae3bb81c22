namespace Pexen.Execution.Protocol;

/// <summary>Reads lines of bytes from a stream; a last line without an end counts as one.</summary>
internal sealed class LineReader(Stream stream)
{
    private byte[] _buffer = new byte[16 * 1024];
    private int _from;
    private int _to;
    private int _searched;

    /// <param name="line">Without its end; valid until the next call.</param>
    /// <returns>False at the end of the stream.</returns>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            int end = _buffer.AsSpan(_searched, _to - _searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                line = _buffer.AsSpan(_from, _searched + end - _from);
                _from = _searched = _searched + end + 1;
                return true;
            }

            _searched = _to;
            if (!Fill())
            {
                line = _buffer.AsSpan(_from, _to - _from);
                _from = _searched = _to;
                return line.Length > 0;
            }
        }
    }

    private bool Fill()
    {
        if (_from > 0)
        {
            _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
            _to -= _from;
            _searched -= _from;
            _from = 0;
        }

        if (_to == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = stream.Read(_buffer, _to, _buffer.Length - _to);
        _to += read;
        return read > 0;
    }
}
