namespace Pexen.Tasks.Tests;

/// <summary>Read by the tests of assemblies; never called.</summary>
public static class MarkedMethods
{
    [PexenUnit("second-in-the-alphabet", Arguments = "a;b%3B c", Requires = "x [1,2)", Timeout = "5s")]
    [PexenUnit("another", Phase = "BeforeBuild")]
    public static string Zebra(string one, string two) => one + two;

    [PexenUnit]
    public static void Ape()
    {
    }

    public static void TestUnmarked()
    {
    }

    public static void Overlooked() => Hidden();

    [PexenUnit]
    private static void Hidden()
    {
    }

    public static class Inner
    {
        [PexenUnit]
        public static void Deep() => TestDeep();

        public static void TestDeep()
        {
        }
    }
}
