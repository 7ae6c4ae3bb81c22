using System.Diagnostics;
using Pexen.Execution;
using Pexen.Execution.Dispatching;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>What is printed after a failure is pasted into a shell.</summary>
[TestClass]
public sealed class RerunCommandTests
{
    private const string Nasty = "/my $x/`id`/it's \"here\" & $(there)/a.proj";

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    [Timeout(30_000, CooperativeCancellation = true)]
    public void CommandWithWhatAShellTakesForItsOwn_ArrivesAsItWas()
    {
        using var stage = new Stage();
        RunRequest request = stage.With("a").Request() with { ProjectFile = Nasty, Phase = "Größe", TargetFramework = "net10.0" };
        string line = $"{RerunCommand.For(request, ["a", "b/c"])} {RerunCommand.Property("Opt", "$x;y, \"`'")}";

        string[] expected =
        [
            "dotnet", "build", Nasty, "-t:PexenRun", "-p:PexenPhase=Größe", "-p:PexenUnits=a%3Bb/c", "-p:TargetFramework=net10.0",
            "-p:Opt=$x%3By%2C %22`'",
        ];
        Assert.AreEqual(string.Join('\n', expected), Paste(line));
    }

    [TestMethod]
    [DataRow("/home/me/a.proj", "/home/me/a.proj", "/home/me/a.proj")]
    [DataRow(@"C:\a b\c.proj", @"'C:\a b\c.proj'", "\"C:\\a b\\c.proj\"")]
    [DataRow(@"C:\c.proj", @"'C:\c.proj'", @"C:\c.proj")]
    [DataRow("it's", @"'it'\''s'", "\"it's\"")]
    [DataRow("", "''", "\"\"")]
    public void Word_IsQuotedWhereItIsNotPlain(string word, string unix, string windows)
    {
        Assert.AreEqual(unix, ShellWord.Quote(word, windows: false));
        Assert.AreEqual(windows, ShellWord.Quote(word, windows: true));
    }

    private static string Paste(string line)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"printf '%s\\n' {line}"]) { RedirectStandardOutput = true };
        using Process shell = Process.Start(start)!;
        return shell.StandardOutput.ReadToEnd().TrimEnd('\n');
    }
}
