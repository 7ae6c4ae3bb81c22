namespace Pexen.Sdk.Tests.Infrastructure;

/// <summary>Where this repository is.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Pexen.Build.sln")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException("the tests do not lie in the repository");
    }
}
