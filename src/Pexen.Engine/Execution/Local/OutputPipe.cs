namespace Pexen.Execution.Local;

/// <summary>Our end of a pipe, and the user's file that gets its bytes besides the log.</summary>
internal sealed record OutputPipe(int Descriptor, OutputCopy? Copy);
