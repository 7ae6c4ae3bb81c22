using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Matrix;

/// <summary>
/// The projects of a cell: <c>units</c> has the units, <c>app</c> refers to it, and a project of units alone refers to <c>other</c>.
/// Cells that need the same files share a shape, which is restored once and copied for each.
/// </summary>
/// <param name="Way">How <c>units</c> gets the package.</param>
/// <param name="Frameworks">Those of <c>units</c>.</param>
/// <param name="Runner">The verb of a test, else null: which test runner the tests are made for.</param>
/// <param name="AppIsTested">Whether the tests are in <c>app</c>; in <c>units</c> otherwise.</param>
internal sealed record Shape(Way Way, Frameworks Frameworks, Verb? Runner, bool AppIsTested)
{
    public const string First = "net10.0";
    public const string Second = "net10.0-windows";

    private static readonly string[] Phases = ["BeforeBuild", "AfterBuild", "BeforeTest", "AfterTest", "BeforePack", "AfterPack", "BeforePublish", "AfterPublish"];

    public static Shape Of(Cell cell) => new(
        cell.Way,
        cell.Frameworks,
        cell.IsTest ? cell.Verb : null,
        cell.IsTest && (cell.Reach == Reach.Reference || (cell.Way == Way.StandAlone && cell.Reach == Reach.Solution)));

    public string UnitsProject => Way == Way.StandAlone ? "units/units.proj" : "units/units.csproj";

    public void WriteTo(Sandbox sandbox)
    {
        string runner = Runner == Verb.TestByPlatform ? """, "test": { "runner": "Microsoft.Testing.Platform" }""" : "";
        sandbox.With("global.json", $$"""{ "msbuild-sdks": { "Pexen.Sdk": "VERSION" }{{runner}} }""")
            .With("NuGet.config", TestPackages.Configuration)
            .With(UnitsProject, UnitsText)
            .With("app/app.csproj", $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>{First}</TargetFramework>{(AppIsTested ? TestProperties : "")}</PropertyGroup>
                  <ItemGroup><ProjectReference Include="../{UnitsProject}" />{(AppIsTested ? TestItems : "")}</ItemGroup>
                </Project>
                """)
            .With("app/App.cs", $"public sealed class App {{ {(Way == Way.StandAlone ? "" : "public Source Source;")} }}{(AppIsTested ? TestText : "")}")
            .With("all.slnx", $"""
                <Solution>
                  <Project Path="app/app.csproj" />
                  {(Way == Way.StandAlone ? """<Project Path="other/other.csproj" />""" : "")}
                  <Project Path="{UnitsProject}" {(Way == Way.StandAlone ? """Type="130159A9-F047-44B3-88CF-0CF7F02ED50F" """ : "")}/>
                </Solution>
                """);
        if (Way == Way.StandAlone)
        {
            sandbox.With("other/other.csproj", $"""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>{First}</TargetFramework></PropertyGroup></Project>""")
                .With("other/Other.cs", "public sealed class Other;");
            return;
        }

        sandbox.With("units/Source.cs", $"public sealed class Source {{ public Made Made; public Each Each; }}{(UnitsAreTested ? TestText : "")}");
    }

    private bool UnitsAreTested => Runner is not null && !AppIsTested && Way != Way.StandAlone;

    private string UnitsText => Way switch
    {
        Way.StandAlone => $"""
            <Project Sdk="Pexen.Sdk">
              <ItemGroup><ProjectReference Include="../other/other.csproj" />{Units(DuePhase.NoFramework)}</ItemGroup>
            </Project>
            """,
        Way.AddedSdk => NetProject("Microsoft.NET.Sdk", """<Sdk Name="Pexen.Sdk" Version="VERSION" />""", ""),
        Way.SdkList => NetProject("Microsoft.NET.Sdk;Pexen.Sdk", "", ""),
        _ => NetProject("Microsoft.NET.Sdk", "", """<PackageReference Include="Pexen.Sdk" Version="VERSION" PrivateAssets="all" />"""),
    };

    private string NetProject(string sdk, string element, string items) => $"""
        <Project Sdk="{sdk}">
          {element}
          <PropertyGroup>
            {(Frameworks == Frameworks.One ? $"<TargetFramework>{First}</TargetFramework>" : $"<TargetFrameworks>{First};{Second}</TargetFrameworks>")}
            <EnableWindowsTargeting>true</EnableWindowsTargeting><DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
            {(UnitsAreTested ? TestProperties : "")}
          </PropertyGroup>
          <ItemGroup>{items}{(UnitsAreTested ? TestItems : "")}{Units("$(TargetFramework)")}</ItemGroup>
        </Project>
        """;

    /// <summary>Two units in each phase, that count themselves; those before the build make what is compiled, or see that the reference has been built.</summary>
    private string Units(string framework) => string.Concat(Phases.Select(phase =>
    {
        bool first = phase == "BeforeBuild";
        string ran = "&gt;&gt; $PEXEN_PROJECT_DIR/ran.txt";
        string made = first && Way != Way.StandAlone ? "mkdir -p gen; echo 'public sealed class Made;' &gt; gen/Made.cs;" : first ? "ls ../other/bin/*/net10.0/other.dll;" : "";
        string each = first && Way != Way.StandAlone ? $"mkdir -p obj/gen/{framework}; echo 'public sealed class Each;' &gt; obj/gen/{framework}/Each.cs;" : "";
        return $"""

                <PexenUnit Include="{phase}" Phase="{phase}" Command="{made} echo {phase} {ran}" {(first && Way != Way.StandAlone ? """Outputs="gen/Made.cs" AddTo="Compile" """ : "")}/>
                <PexenUnit Include="{phase}-each" Phase="{phase}" RunPer="TargetFramework" Command="{each} echo {phase}-each {framework} {ran}" {(first && Way != Way.StandAlone ? $"""Outputs="obj/gen/{framework}/Each.cs" AddTo="Compile" """ : "")}/>
            """;
    }));

    /// <summary>A program for another system's frameworks would not start here: the tests run by the dotnet command.</summary>
    private string TestProperties => Runner == Verb.TestByPlatform
        ? "<OutputType>Exe</OutputType><UseAppHost>false</UseAppHost><EnableMSTestRunner>true</EnableMSTestRunner>"
        : "<IsTestProject>true</IsTestProject><UseAppHost>false</UseAppHost>";

    private string TestItems => string.Concat((Runner == Verb.TestByPlatform ? TestPackages.Platform : TestPackages.VSTest)
        .Select(package => $"""<PackageReference Include="{package.Name}" Version="{package.Version}" PrivateAssets="all" />"""));

    private static string TestText => "\n[Microsoft.VisualStudio.TestTools.UnitTesting.TestClass] public sealed class Tests { [Microsoft.VisualStudio.TestTools.UnitTesting.TestMethod] public void Passes() { } }";
}
