namespace Pexen.Tasks.Logging;

/// <summary>
/// MSBuild's terminal logger, which most people see on a terminal. Of messages it shows only those in which it finds a word that asks the user for something, at once
/// and above its moving lines. There is no other way to say anything to whoever waits, so our messages have that word where no terminal shows it (decision 85).
/// </summary>
internal static class TerminalLogger
{
    /// <summary>The address of a link without a text.</summary>
    private const string Marker = "\e]8;;#--interactive\e\\\e]8;;\e\\";

    /// <summary>Whether it shows the build. MSBuild says so to the targets of test programs, which have the same question.</summary>
    public static bool ShowsTheBuild => Environment.GetEnvironmentVariable("_MSBUILDTLENABLED") == "1";

    /// <summary>A message of high importance as it is to be logged, so that it is seen whichever logger there is.</summary>
    public static string Seen(string message) => ShowsTheBuild ? message + Marker : message;
}
