using Pexen.Execution.Workers;
using Pexen.Host;
using Pexen.Host.Worker;

// No arguments: one request on standard input, messages on standard output. See Supervisor.
return args.Length > 0 && args[0] == WorkerStart.Verb ? WorkerProgram.Run(args[1..]) : Supervisor.Run();
