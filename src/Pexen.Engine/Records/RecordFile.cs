using Microsoft.Win32.SafeHandles;

namespace Pexen.Records;

/// <summary>The record that will be written at the end of a run; its room on the disk is set aside at the beginning.</summary>
internal sealed class RecordFile
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly SafeFileHandle? _file;
    private readonly string? _failure;

    public RecordFile(string path, long reserve)
    {
        _path = path;
        _temporary = path + ".tmp";
        _file = Reserved.Open(_temporary, reserve, out _failure);
    }

    /// <summary>Writes and renames: a reader sees the old file or the new one, whole.</summary>
    /// <exception cref="IOException">There is no room even so.</exception>
    public void Write(ReadOnlySpan<byte> record)
    {
        if (_file is null)
        {
            throw new IOException(_failure);
        }

        RandomAccess.Write(_file, record, 0);
        Reserved.Close(_file, record.Length);
        File.Move(_temporary, _path, overwrite: true);
    }
}
