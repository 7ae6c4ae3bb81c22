using Pexen.Execution.Supervision;
using Pexen.Execution.Workers;
using Pexen.Host;
using Pexen.Host.Tests;
using Pexen.Host.Worker;

// No arguments: one request on standard input, messages on standard output. See Supervisor.
return args switch
{
    [WorkerStart.Verb, .. string[] rest] => WorkerProgram.Run(rest),
    [TestPrograms.Verb, .. string[] rest] => Attendant.Run(rest),
    _ => Supervisor.Run(),
};
