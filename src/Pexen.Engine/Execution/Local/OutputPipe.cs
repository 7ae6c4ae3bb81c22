namespace Pexen.Execution.Local;

/// <summary>Our end of a pipe, the user's file that gets its bytes besides the log, and what takes secrets out on the way to both.</summary>
internal sealed record OutputPipe(int Descriptor, OutputCopy? Copy, MaskedOutput? Masked);
