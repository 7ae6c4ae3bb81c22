using Microsoft.Win32.SafeHandles;

namespace Pexen.Execution.Local;

/// <summary>A file of the user's that gets a stream besides the log (<c>StandardOutput</c>, <c>StandardError</c>). It is there even if nothing is written.</summary>
internal sealed class OutputCopy
{
    private readonly string _path;
    private SafeFileHandle? _file;
    private long _length;

    private OutputCopy(string path) => _path = path;

    /// <summary>Why it could not be written, as a sentence, or null.</summary>
    public string? Failure { get; private set; }

    /// <summary>One copy for both streams when they name the same file; its parts arrive in the order in which they were read.</summary>
    public static (OutputCopy? Output, OutputCopy? Error) Open(Launch launch)
    {
        OutputCopy? output = Open(launch.StandardOutput, launch);
        OutputCopy? error = launch.StandardError == launch.StandardOutput ? output : Open(launch.StandardError, launch);
        return (output, error);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (Failure is not null || _file is null)
        {
            return;
        }

        try
        {
            RandomAccess.Write(_file, bytes, _length);
            _length += bytes.Length;
        }
        catch (IOException problem)
        {
            Fail(problem);
        }
    }

    public void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    private static OutputCopy? Open(string? path, Launch launch)
    {
        if (path is null)
        {
            return null;
        }

        var copy = new OutputCopy(Path.GetFullPath(path, launch.ProjectDirectory));
        try
        {
            // As MSBuild's own tasks do: a clean checkout has no folders for what is made.
            Directory.CreateDirectory(Path.GetDirectoryName(copy._path)!);
            copy._file = File.OpenHandle(copy._path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            copy.Fail(problem);
        }

        return copy;
    }

    private void Fail(Exception problem) => Failure = $"the file '{_path}' could not be written: {problem.Message}";
}
