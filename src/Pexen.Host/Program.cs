using Pexen.Host;

// No arguments: one request on standard input, messages on standard output. See Supervisor.
return Supervisor.Run();
