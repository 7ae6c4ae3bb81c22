using Pexen.RecordChecking;

const string Usage = "usage: Pexen.RecordChecker FOLDER [--logs] [--provide-on-failure NAME]... [--continue-on-error NAME]... [--max-failures N]";

string? folder = null;
bool logs = false;
List<string> provide = [];
List<string> tolerated = [];
int maxFailures = 1;

for (int i = 0; i < args.Length; i++)
{
    bool more = i + 1 < args.Length;
    switch (args[i])
    {
        case "--logs": logs = true; break;
        case "--provide-on-failure" when more: provide.Add(args[++i]); break;
        case "--continue-on-error" when more: tolerated.Add(args[++i]); break;
        case "--max-failures" when more && int.TryParse(args[i + 1], out maxFailures): i++; break;
        case var path when folder is null && !path.StartsWith("--", StringComparison.Ordinal): folder = path; break;
        default:
            Console.Error.WriteLine($"'{args[i]}' is not understood; {Usage}");
            return 2;
    }
}

if (folder is null)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

var options = new CheckOptions
{
    ProvideOnFailure = provide,
    ContinueOnError = tolerated,
    MaxFailures = maxFailures,
    LogFolder = logs ? folder : null,
};
IReadOnlyList<Complaint> complaints = RecordCheck.Folder(folder, options);
foreach (Complaint complaint in complaints)
{
    Console.WriteLine(complaint);
}

Console.WriteLine(complaints.Count == 0 ? "The record keeps the rules." : $"{complaints.Count} complaint(s).");
return complaints.Count == 0 ? 0 : 1;
