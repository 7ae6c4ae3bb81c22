namespace Pexen.Model;

/// <summary><c>ContinueOnError</c>, with MSBuild's meaning: it changes severity and the build's result, not who may run.</summary>
internal enum FailureTolerance
{
    ErrorAndStop,
    ErrorAndContinue,
    WarnAndContinue,
}
