namespace Pexen.Model;

/// <summary>How it is known that a service is ready.</summary>
internal enum ReadyKind
{
    /// <summary>As soon as it has started.</summary>
    Started,

    /// <summary>Something on this machine takes connections on a TCP port.</summary>
    Port,

    /// <summary>A line of its output matches a regular expression.</summary>
    Output,

    /// <summary>A file or folder is there.</summary>
    File,

    /// <summary>A shell command succeeds.</summary>
    Command,
}
