using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Execution.Protocol;

/// <summary>What a run tells whoever started it, while it goes.</summary>
internal abstract record HostMessage;

/// <summary>The first message: who speaks.</summary>
internal sealed record HelloMessage(int Protocol, string Build) : HostMessage;

/// <summary>Something to be logged as an error, a warning or a message.</summary>
/// <param name="Diagnostic">What to say.</param>
/// <param name="Loud">Whether whoever watches the build should see it at any verbosity, though it is but a message.</param>
internal sealed record DiagnosticMessage(Diagnostic Diagnostic, bool Loud = false) : HostMessage;

/// <summary>Output of a unit that has ended, to be shown: its log, or the last lines of it. The receiver reads the file (<see cref="LogExcerpt"/>).</summary>
/// <param name="Unit">Its name.</param>
/// <param name="Log">Absolute path of the log.</param>
/// <param name="LastLines">How many lines from the end, or null for all.</param>
internal sealed record OutputMessage(string Unit, string Log, int? LastLines) : HostMessage;

/// <summary>A unit started or ended; for detailed build logs.</summary>
/// <param name="Unit">Its name.</param>
/// <param name="Outcome">Null when it started.</param>
/// <param name="DurationMs">Null when it started.</param>
internal sealed record ProgressMessage(string Unit, string? Outcome, double? DurationMs) : HostMessage;

/// <summary>How far a long run is, in words, for whoever waits.</summary>
/// <param name="Text">One line.</param>
internal sealed record StatusMessage(string Text) : HostMessage;

/// <summary>A unit was added during the run that has a say in the build around it, which knows only the units it planned.</summary>
/// <param name="Unit">Its name.</param>
/// <param name="AddTo">The item type that its outputs join, or null.</param>
/// <param name="Metadata">Of those items.</param>
/// <param name="CleanOutputs">Whether clean removes them.</param>
/// <param name="GoesOn">Whether the build goes on after its error and fails at its end.</param>
internal sealed record AddedMessage(string Unit, string? AddTo, ImmutableArray<NamedValue> Metadata, bool CleanOutputs, bool GoesOn) : HostMessage;

/// <summary>
/// The tests that the run is held for may begin: services are up, and all else is done but what comes after the tests. Or, where test programs are started after the
/// build, the build may end: services that wait for the first of these programs are still to start.
/// </summary>
/// <param name="Record">Absolute path of what is known of the units so far, in the form of run.json.</param>
/// <param name="DurationMs">From the run's start.</param>
/// <param name="MoreFollows">Whether it is only the build that need not wait; another such message follows.</param>
internal sealed record ReadyMessage(string Record, double DurationMs, bool MoreFollows = false) : HostMessage;

/// <summary>The last message: the run is over and its record is written.</summary>
/// <param name="Outcome">A name of <see cref="Model.RunOutcome"/>.</param>
/// <param name="Record">Absolute path of run.json.</param>
/// <param name="Counts">How many units ended how.</param>
/// <param name="DurationMs">From the run's start to its end.</param>
/// <param name="Rerun">The command that runs what failed again, or null.</param>
internal sealed record FinishMessage(string Outcome, string Record, OutcomeCounts Counts, double DurationMs, string? Rerun) : HostMessage;
