namespace Pexen.Sdk.Tests.BadInput;

/// <summary>Mistakes that are found before anything starts, each with names of its own so that all fit into one project.</summary>
internal static class PlanRows
{
    /// <summary>What makes the first phase of the build start, and would show that something ran.</summary>
    public const string Witness = """<PexenUnit Include="witness" Phase="BeforeBuild;AfterBuild" Command="echo ran &gt; started" />""";

    public const string BadProperties = """
        <PexenMaxParallel>many</PexenMaxParallel><PexenTimeout>5</PexenTimeout><PexenFailurePolicy>Never</PexenFailurePolicy>
        <PexenGracePeriod>soon</PexenGracePeriod><PexenOnCrash>Explode</PexenOnCrash><PexenLogLimit>big</PexenLogLimit><PexenHistory>perhaps</PexenHistory><PexenFinalizerTimeout>-1s</PexenFinalizerTimeout>
        <PexenDefaultIdleTimeout>30</PexenDefaultIdleTimeout><PexenSlowAfter>-1s</PexenSlowAfter><PexenDefaultRetries>often</PexenDefaultRetries><PexenMasks>TOKEN;A=B</PexenMasks>
        <PexenMemoryKind>All</PexenMemoryKind><PexenAffinity>Socket</PexenAffinity><PexenMemoryLimit>0GB</PexenMemoryLimit>
        """;

    /// <summary>Metadata of the contract that this version does not have yet.</summary>
    private static readonly string[] MetadataNotDue =
    [
        "Inputs", "DepFile", "Cache", "RunsOn", "Resume",
    ];

    private static readonly string[] ItemsNotDue = ["PexenFmf", "PexenPool"];

    private static readonly string[] PropertiesNotDue =
    [
        "PexenReports", "PexenResume", "PexenCacheDirectory",
        "PexenRemoteCache", "PexenJobServer",
    ];

    public static IReadOnlyList<BadRow> All { get; } =
    [
        .. Names(), .. Requirements(), .. Cycles(), .. Lifetimes(), .. Resources(), .. Groups(), .. Values(), .. Work(), .. Outputs(), .. Phases(), .. NotDue(), .. Properties(),
    ];

    public static string PropertyXml => BadProperties + string.Concat(PropertiesNotDue.Select(name => $"<{name}>1</{name}>"));

    private static string Unit(string name, string metadata) => $"""<PexenUnit Include="{name}" {metadata} />""";

    private static string Runs(string name, string metadata) => Unit(name, $"""Executable="/bin/true" {metadata}""");

    private static BadRow Value(string name, string unit, string metadata, params string[] says) => new(name, Runs(unit, metadata), "PEX1006", unit, says);

    private static IEnumerable<BadRow> Names()
    {
        yield return new("a name twice", Runs("twice", "") + "\n" + Runs("twice", "Priority=\"1\""), "PEX1001", "twice", "\"twice\"") { At = "Include=\"twice\" Executable=\"/bin/true\" Priority" };
        yield return new("a name twice but for case", Runs("cased", "") + "\n" + Runs("CASED", ""), "PEX1001", "CASED", "\"cased\"", "\"CASED\"", "case");
        yield return Name("a blank", "has blank");
        yield return Name("a comma", "has,comma");
        yield return Name("an asterisk", "has%2Astar", "has*star");
        yield return Name("a semicolon", "has%3Bsemicolon", "has;semicolon");
        yield return Name("a bar", "has|bar");
        yield return Name("two dots", "up/../there");
        yield return Name("a slash in front", "/front");
        yield return Name("a slash at the end", "end/");
        yield return new("Name with a blank", Runs("named", "Name=\"not good\""), "PEX1006", "not good", "Name", "\"not good\"", "letters and digits") { At = "Include=\"named\"" };

        static BadRow Name(string what, string name, string? shown = null) =>
            new($"a name with {what}", Runs(name, ""), "PEX1006", shown ?? name, "Include", $"\"{shown ?? name}\"", "letters and digits") { At = $"Include=\"{name}\"" };
    }

    private static IEnumerable<BadRow> Requirements()
    {
        yield return new("an unknown capability", Runs("asks", "Requires=\"databse\"") + "\n" + Runs("database", ""), "PEX1002", "asks", "\"databse\"", "Did you mean \"database\"");
        yield return new("an unknown alternative", Runs("asks-any", "RequiresAny=\"nosuchthing1\""), "PEX1002", "asks-any", "RequiresAny", "nosuchthing1");
        yield return new("a wrong version", Runs("lib1", "Provides=\"verlib 1.2\"") + "\n" + Runs("asks-2", "Requires=\"verlib [2,3)\""), "PEX1003", "asks-2", "verlib [2,3)", "1.2");
        yield return new("a version of what has none", Runs("lib0", "Provides=\"plainlib\"") + "\n" + Runs("asks-any-version", "Requires=\"plainlib 1.0\""), "PEX1003", "asks-any-version", "plainlib 1.0");
        yield return Value("a word for OnDemand", "sometimes-planned", "OnDemand=\"maybe\"", "OnDemand=\"maybe\"", "true and false");
        yield return new("a provider on demand that asks for nothing there is", Runs("asks-demand", "Requires=\"demanded\"") + "\n" + Runs("demand", "OnDemand=\"true\" Provides=\"demanded\" Requires=\"nosuchthing2\""), "PEX1002", "demand", "nosuchthing2");
        yield return new("a prerelease for a stable range", Runs("libp", "Provides=\"prelib 2.0.0-beta\"") + "\n" + Runs("asks-stable", "Requires=\"prelib [1,2)\""), "PEX1003", "asks-stable", "prelib [1,2)", "2.0.0-beta");
    }

    private static IEnumerable<BadRow> Lifetimes()
    {
        yield return new("a finalizer of a unit that does not exist", Runs("cleans-up", "Finalizes=\"clean-me\"") + "\n" + Runs("cleaned-me", ""), "PEX1011", "cleans-up", "clean-me", "Did you mean \"cleaned-me\"");
        yield return new("a finalizer of itself", Runs("cleans-itself", "Finalizes=\"cleans-itself\""), "PEX1004", "cleans-itself", "cleans-itself -Finalizes-> cleans-itself");
        yield return Value("a word for FinalizesOn", "cleans-when", "Finalizes=\"cleaned-me\" FinalizesOn=\"Sundays\"", "FinalizesOn=\"Sundays\"", "Always, Failure");
        yield return Value("a word for Service", "served", "Service=\"web\"", "Service=\"web\"", "true and false");
        yield return new("a service that is a milestone", Unit("serves-nothing", "Service=\"true\""), "PEX1006", "serves-nothing", "Service=", "something that runs");
        yield return Value("an expression that does not compile", "serves-bad", "Service=\"true\" ReadyWhen=\"output:(\"", "output:(", "regular expression");
        yield return Value("an expression that needs to go back", "serves-back", "Service=\"true\" ReadyWhen=\"output:(a)\\1\"", "output:(a)", "without going back");
        yield return Value("a port that is none", "serves-port", "Service=\"true\" ReadyWhen=\"port:70000\"", "port:70000", "1 to 65535");
        yield return Value("readiness of what is no service", "serves-not", "ReadyWhen=\"port:80\"", "port:80", "Service=\"true\"");
        yield return Value("a ReadyTimeout without a unit", "serves-late", "Service=\"true\" ReadyTimeout=\"60\"", "ReadyTimeout=\"60\"", "60s");
        yield return new("a service whose lock its user claims", Runs("serves-locked", "Service=\"true\" Claims=\"served-lock\"") + "\n" + Runs("wants-lock", "Requires=\"serves-locked\" Claims=\"served-lock\""), "PEX1012", "wants-lock", "served-lock", "serves-locked") { At = "Include=\"wants-lock\"" };
    }

    private static IEnumerable<BadRow> Cycles()
    {
        yield return new("a cycle of one", Runs("self", "Requires=\"self\""), "PEX1004", "self", "self -> self");
        yield return new("a cycle of two", Runs("egg", "Requires=\"hen\"") + "\n" + Runs("hen", "Requires=\"egg\""), "PEX1004", "egg", "egg -> hen -> egg");
        yield return new("a cycle with a soft edge", Runs("soft1", "After=\"soft2\"") + "\n" + Runs("soft2", "Requires=\"soft1\""), "PEX1004", "soft1", "soft1", "soft2", "After");
        yield return new(
            "a cycle of nine",
            string.Join('\n', Enumerable.Range(1, 9).Select(i => Runs($"ring{i}", $"Requires=\"ring{(i % 9) + 1}\""))),
            "PEX1004",
            "ring1",
            "ring1 -> ring2 -> ring3 -> ring4 -> ring5 -> ring6 -> ring7 -> ring8 -> ring9 -> ring1");
    }

    private static IEnumerable<BadRow> Resources()
    {
        yield return new("claimed and used", Runs("greedy", "Claims=\"db\" Uses=\"db\""), "PEX1005", "greedy", "\"db\"");
        yield return new("the parent claimed, the child used", Runs("greedy-up", "Claims=\"net\" Uses=\"net/ipv4\""), "PEX1005", "greedy-up", "\"net\"", "\"net/ipv4\"");
        yield return new("the child claimed, the parent used", Runs("greedy-down", "Claims=\"disk/a\" Uses=\"DISK\""), "PEX1005", "greedy-down", "\"disk/a\"", "\"DISK\"");
        yield return new("more tokens than there are", """<PexenResource Include="gpu" Capacity="2" />""" + "\n" + Runs("three", "Uses=\"gpu*3\""), "PEX1010", "three", "3 tokens", "\"gpu\"", "Capacity=\"2\"");
        yield return new("more tokens in two entries", Runs("two-and-one", "Uses=\"gpu*2;gpu\""), "PEX1010", "two-and-one", "3 tokens", "\"gpu\"");
        yield return new("tokens of what has none", Runs("tokens", "Uses=\"uncounted*2\""), "PEX1010", "tokens", "\"uncounted\"");
        yield return new("a child of a counted resource", Runs("child", "Uses=\"gpu/0\""), "PEX1010", "child", "\"gpu/0\"", "\"gpu\"");
        yield return new("tokens that are no number", Runs("tokens-x", "Uses=\"gpu*x\""), "PEX1006", "tokens-x", "gpu*x", "Uses");
        yield return new("an empty part in a path", Runs("empty-part", "Claims=\"a//b\""), "PEX1006", "empty-part", "\"a//b\"", "path");
        yield return Resource("a capacity of nothing", "<PexenResource Include=\"none-of-it\" Capacity=\"0\" />", "PEX1006", "none-of-it", "Capacity=\"0\"", "1 to");
        yield return Resource("an unknown scope", "<PexenResource Include=\"scoped\" Scope=\"Galaxy\" />", "PEX1006", "scoped", "Scope=\"Galaxy\"", "Project, Repository and Machine");
        yield return Resource("two scopes", "<PexenResource Include=\"wide\" Scope=\"Machine\" />\n<PexenResource Include=\"wide\" Scope=\"Repository\" />", "PEX1006", "wide", "Scope=\"Repository\"", "Machine") with { At = "Include=\"wide\" Scope=\"Repository\"" };
        yield return Resource("two names for three tokens", "<PexenResource Include=\"with-instances\" Capacity=\"3\" Instances=\"0;1\" />", "PEX1006", "with-instances", "2 names", "Capacity=\"3\"");
        yield return Resource("an instance that is a path", "<PexenResource Include=\"deep-instances\" Instances=\"0/1\" />", "PEX1006", "deep-instances", "0/1", "Instances");
        yield return Resource("one instance twice", "<PexenResource Include=\"twin-instances\" Instances=\"a;A\" />", "PEX1006", "twin-instances", "twice");
        yield return Resource("two resources of one variable", "<PexenResource Include=\"card-a\" Instances=\"0\" />\n<PexenResource Include=\"card_a\" Instances=\"0\" />", "PEX1006", "card_a", "PEXEN_RESOURCE_CARD_A", "\"card-a\"");
        yield return new(
            "two capacities for one resource", "<PexenResource Include=\"seats\" Capacity=\"3\" />\n<PexenResource Include=\"seats\" Capacity=\"4\" />", "PEX1006", "", "\"seats\"", "Capacity=\"4\"", "3")
        { At = "Include=\"seats\" Capacity=\"4\"" };

        yield return Resource("a key that no line can write", """<PexenShared Include="k%3Dv" Value="1" />""", "PEX1006", "k=v", "A key is a word") with { At = "k%3Dv" };
        yield return Resource("two presets of one key", """<PexenShared Include="preset" Value="1" />""" + "\n" + """<PexenShared Include="preset" Value="2" />""", "PEX1006", "preset", "one preset for each key") with { At = "Include=\"preset\" Value=\"2\"" };
        yield return Resource("Secret that is neither", """<PexenShared Include="half-secret" Value="1" Secret="half" />""", "PEX1006", "half-secret", "Secret=\"half\"", "true and false");
        static BadRow Resource(string what, string xml, string code, string name, params string[] says) =>
            new(what, xml, code, "", [$"\"{name}\"", .. says]) { At = $"Include=\"{name}\"" };
    }

    private static IEnumerable<BadRow> Groups()
    {
        yield return new("an unknown group", "<PexenGroup Include=\"runners\" MaxParallel=\"2\" />\n" + Runs("lost", "Group=\"runers\""), "PEX1011", "lost", "Group=\"runers\"", "Did you mean \"runners\"");
        yield return Group("a group in an unknown group", "stray", "Group=\"nogroupatall\"", "PEX1011", "nogroupatall");
        yield return Group("a group in itself", "loop", "Group=\"loop\"", "PEX1006", "loop in loop");
        yield return new(
            "two groups in each other", "<PexenGroup Include=\"inner\" Group=\"outer\" />\n<PexenGroup Include=\"outer\" Group=\"inner\" />", "PEX1006", "", "\"inner\"", "inner in outer in inner")
        { At = "Include=\"inner\"" };
        yield return Group("a width of nothing", "narrow", "MaxParallel=\"0\"", "PEX1006", "MaxParallel=\"0\"", "1 to");
        yield return Group("a group exclusive perhaps", "shy", "Exclusive=\"perhaps\"", "PEX1006", "Exclusive=\"perhaps\"", "true and false");
        yield return Group("a group's timeout that is no time", "timed", "Timeout=\"soon\"", "PEX1006", "Timeout=\"soon\"", "90s");
        yield return Group("a group's timeout below nothing", "minus", "Timeout=\"-5s\"", "PEX1006", "Timeout=\"-5s\"");
        yield return new(
            "two commands for one group", "<PexenGroup Include=\"begun\" OnStarted=\"true\" />\n<PexenGroup Include=\"begun\" OnStarted=\"false\" />", "PEX1006", "", "\"begun\"", "OnStarted=\"false\"", "contradicts")
        {
            At = "Include=\"begun\" OnStarted=\"false\"",
        };
        yield return new(
            "two widths for one group", "<PexenGroup Include=\"wide\" MaxParallel=\"3\" />\n<PexenGroup Include=\"wide\" MaxParallel=\"4\" />", "PEX1006", "", "\"wide\"", "MaxParallel=\"4\"", "contradicts")
        { At = "Include=\"wide\" MaxParallel=\"4\"" };

        static BadRow Group(string what, string name, string metadata, string code, params string[] says) =>
            new(what, $"<PexenGroup Include=\"{name}\" {metadata} />", code, "", [$"\"{name}\"", .. says]) { At = $"Include=\"{name}\"" };
    }

    private static IEnumerable<BadRow> Values()
    {
        yield return Value("a duration without a unit", "bare", "Timeout=\"90\"", "Timeout=\"90\"", "90s");
        yield return Value("a duration in words", "words", "Timeout=\"5 minutes\"", "\"5 minutes\"", "250ms, 90s, 5m, 2h");
        yield return Value("a negative duration", "negative", "GracePeriod=\"-1s\"", "\"-1s\"", "negative");
        yield return Value("a clock time that is none", "clock", "Timeout=\"00:99:00\"", "\"00:99:00\"", "hh:mm:ss");
        yield return Value("a negative idle time", "idle-negative", "IdleTimeout=\"-1s\"", "IdleTimeout=\"-1s\"", "negative");
        yield return Value("a total that overflows", "overflow", "TotalTimeout=\"99999999999999999999h\"", "TotalTimeout", "longest");
        yield return Value("a bare number of slowness", "slow-bare", "SlowAfter=\"60\"", "SlowAfter=\"60\"", "60s");
        yield return Value("a delay in words", "delay-words", "StartDelay=\"soon\"", "StartDelay=\"soon\"", "90s");
        yield return Value("fewer retries than none", "retries-negative", "Retries=\"-1\"", "Retries=\"-1\"", "0 to 1000");
        yield return Value("an absurd number of retries", "retries-absurd", "Retries=\"1000000\"", "Retries=\"1000000\"", "0 to 1000");
        yield return Value("a retry delay that is too long", "retry-delay", "RetryDelay=\"10m\"", "RetryDelay=\"10m\"", "5m");
        yield return Value("a backoff that shrinks", "backoff-small", "RetryBackoff=\"0.5\"", "RetryBackoff=\"0.5\"", "1.0");
        yield return Value("a backoff that is no number", "backoff-nan", "RetryBackoff=\"NaN\"", "RetryBackoff=\"NaN\"", "1.0");
        yield return Value("a memory limit without a unit", "memory-bare", "MemoryLimit=\"512\"", "MemoryLimit=\"512\"", "20MB");
        yield return Value("no memory at all", "memory-none", "MemoryLimit=\"0MB\"", "MemoryLimit=\"0MB\"", "more than nothing");
        yield return Value("less memory than none", "memory-negative", "MemoryLimit=\"-1GB\"", "MemoryLimit=\"-1GB\"", "20MB");
        yield return Value("a memory limit that no process keeps", "memory-small", "MemoryLimit=\"4KB\"", "MemoryLimit=\"4KB\"", "1MB");
        yield return Value("a memory limit that overflows", "memory-large", "MemoryLimit=\"99999999999TB\"", "MemoryLimit=\"99999999999TB\"", "2TB");
        yield return Value("a size below nothing", "size-negative", "Category=\"c\" Size=\"-1\"", "Size=\"-1\"", "whole number from 0");
        yield return Value("a survivor with its folder", "survivor-path", "AllowSurvivors=\"/usr/bin/redis\"", "\"/usr/bin/redis\"", "without its folder");
        yield return Value("an unknown word for RetryOn", "retry-word", "RetryOn=\"Failure;Sometimes\"", "\"Sometimes\"", "NotStarted");
        yield return Value("a retry after success", "retry-zero", "RetryOn=\"0\"", "RetryOn", "success");
        yield return Value("an unknown meaning of a timeout", "on-timeout", "OnTimeout=\"Ignore\"", "OnTimeout=\"Ignore\"", "Fail, Pass");
        yield return Value("a version that is none", "noversion", "Provides=\"thing one.two\"", "\"thing one.two\"", "Provides", "1.2");
        yield return Value("a range that is none", "norange", "Requires=\"database [2,1]\"", "\"database [2,1]\"", "Requires", "[1,2)");
        yield return Value("an integer that is none", "prio", "Priority=\"high\"", "Priority=\"high\"", "whole number");
        yield return Value("no slots", "noslots", "Slots=\"0\"", "Slots=\"0\"", "1 to");
        yield return Value("a broken slot", "halfslot", "Slots=\"1.5\"", "Slots=\"1.5\"", "whole number");
        yield return Value("a boolean that is none", "maybe", "CleanOutputs=\"maybe\"", "CleanOutputs=\"maybe\"", "true and false");
        yield return Value("a variable without a value", "novalue", "EnvironmentVariables=\"A=1;NOVALUE\"", "\"NOVALUE\"", "NAME=value");
        yield return Value("exit codes that are none", "codes", "SuccessExitCodes=\"0;1-\"", "\"1-\"", "0-7;12");
        yield return Value("an exit code with two meanings", "overlap", "SuccessExitCodes=\"0-7\" ControlledExitCodes=\"5\"", "ControlledExitCodes", "5", "SuccessExitCodes");
        yield return Value("none and something", "nothing", "OnFailure=\"None;Provide\"", "OnFailure", "ReleaseLocks");
        yield return Value("an unknown aftermath", "explode", "OnCrash=\"Explode\"", "\"Explode\"", "ReleaseLocks");
        yield return Value("an unknown occasion", "sometimes", "ShowOutput=\"Sometimes\"", "\"Sometimes\"", "OnFailure, Always, Never");
        yield return Value("an unknown tolerance", "tolerant", "ContinueOnError=\"perhaps\"", "\"perhaps\"", "WarnAndContinue");
        yield return Value("an unknown RunPer", "solution", "RunPer=\"Solution\"", "\"Solution\"", "TargetFramework");
        yield return Value("a phase that is no name", "phase", "Phase=\"1 day\"", "\"1 day\"", "BeforeBuild");
        yield return Value("metadata that cannot be set", "identity", "AddTo=\"Compile\" AddToMetadata=\"Identity=x\"", "Identity=x", "AddToMetadata");
        yield return new("a bad value by Update", Runs("updated", "") + "\n<PexenUnit Update=\"updated\" Timeout=\"7\" />", "PEX1006", "updated", "Timeout=\"7\"");
        yield return new("a bad value on a glob", "<PexenUnit Include=\"steps/*.glob\" Executable=\"/bin/true\" Timeout=\"8\" />", "PEX1006", "steps/one.glob", "Timeout=\"8\"") { At = "" };
        yield return new("several on one line", "<PexenUnit Include=\"listed1;listed2\" Executable=\"/bin/true\" Slots=\"none\" />", "PEX1006", "listed2", "Slots=\"none\"") { At = "Include=\"listed1;listed2\"" };
    }

    private static IEnumerable<BadRow> Work()
    {
        yield return new("a command and a script", Unit("two-things", "Command=\"true\" Script=\"x.sh\""), "PEX1007", "two-things", "Command", "Script");
        yield return new("a command and an executable", Unit("two-others", "Command=\"true\" Executable=\"/bin/true\""), "PEX1007", "two-others", "Command", "Executable");
        yield return new("arguments of a command", Unit("argued", "Command=\"true\" Arguments=\"x\""), "PEX1006", "argued", "Arguments");
    }

    private static IEnumerable<BadRow> Outputs()
    {
        yield return new("one output of two units", Runs("out1", "Outputs=\"gen/a.cs\"") + "\n" + Runs("out2", "Outputs=\"./gen/a.cs\""), "PEX1009", "out2", "\"out1\"", "\"out2\"", "gen/a.cs");
        yield return new("an output in another's folder", Runs("folder", "Outputs=\"made/\"") + "\n" + Runs("inside", "Outputs=\"made/deep/b.cs\""), "PEX1009", "inside", "\"folder\"", "made/");
    }

    private static IEnumerable<BadRow> Phases()
    {
        yield return new("a later phase", Runs("early", "Phase=\"BeforeBuild\" Requires=\"late\"") + "\n" + Runs("late", ""), "PEX1008", "early", "\"late\"", "AfterBuild");
        yield return new("another branch", Runs("tests", "Phase=\"BeforeTest\" Requires=\"packs\"") + "\n" + Runs("packs", "Phase=\"BeforePack\""), "PEX1008", "tests", "\"packs\"", "BeforePack");
        yield return new("a framework's unit", Runs("whole", "Requires=\"each\"") + "\n" + Runs("each", "RunPer=\"TargetFramework\""), "PEX1008", "whole", "\"each\"", "RunPer");
    }

    private static IEnumerable<BadRow> NotDue() =>
    [
        .. MetadataNotDue.Select(name => new BadRow($"metadata {name}", Runs($"due-{name}", $"{name}=\"1\""), "PEX1016", $"due-{name}", $"'{name}'")),
        .. ItemsNotDue.Select(name => new BadRow($"item {name}", $"<{name} Include=\"x\" />", "PEX1016", "", $"'{name}'") { At = $"<{name} " }),
    ];

    private static IEnumerable<BadRow> Properties() =>
    [
        .. PropertiesNotDue.Select(name => new BadRow($"property {name}", "", "PEX1016", "", $"'{name}'")),
        Property("PexenMaxParallel", "many", "whole number"),
        Property("PexenTimeout", "5", "5s"),
        Property("PexenFailurePolicy", "Never", "KeepGoing, FailFast"),
        Property("PexenGracePeriod", "soon", "90s"),
        new("an entry of PexenMasks", "", "PEX1006", "", "the entry \"A=B\" is no value for PexenMasks", "names of environment variables"),
        new("property PexenOnCrash", "", "PEX1006", "", "PexenOnCrash", "\"Explode\"", "ReleaseLocks"),
        Property("PexenLogLimit", "big", "1GB"),
        Property("PexenDefaultIdleTimeout", "30", "30s"),
        Property("PexenSlowAfter", "-1s", "negative"),
        Property("PexenDefaultRetries", "often", "0 to 1000"),
        Property("PexenMemoryLimit", "0GB", "more than nothing"),
        Property("PexenAffinity", "Socket", "Core"),
        Property("PexenMemoryKind", "All", "Heaviest"),
        Property("PexenHistory", "perhaps", "true and false"),
        Property("PexenFinalizerTimeout", "-1s", "negative"),
    ];

    private static BadRow Property(string name, string value, string allowed) => new($"property {name}", "", "PEX1006", "", $"{name}=\"{value}\"", allowed);
}
